"""Gathering opinions into digests and putting them to whom they concern."""
