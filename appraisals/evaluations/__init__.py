"""评估意见: what a superior says of each branch after a round, in his own words and on his own scale."""
