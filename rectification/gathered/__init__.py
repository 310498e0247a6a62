"""共性问题: what a superior sees in several branches at once, and asks of all of them."""
