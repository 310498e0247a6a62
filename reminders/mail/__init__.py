"""The way of a notice to a mailbox: what is to be posted, what it says, and whether the server took it."""
