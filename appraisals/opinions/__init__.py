"""Opinions 征求意见: how they were asked for, what was said and about whom, and what the persons concerned are told."""
