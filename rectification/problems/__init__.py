"""问题: what was found wrong, the measures against it, and its closing 销号."""
