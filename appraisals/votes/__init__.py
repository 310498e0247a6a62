"""测评: the signed-in side of a vote. The ballots themselves are in the room `ballots`, which knows nobody."""
