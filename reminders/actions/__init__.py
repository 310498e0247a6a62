"""The only writes of this room, by noun."""
