"""The page on which a slip is used. It goes through a handler of its own and knows nobody who uses it."""
