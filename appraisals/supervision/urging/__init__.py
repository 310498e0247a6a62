"""催办: asking branches to go on, politely, each person once."""
