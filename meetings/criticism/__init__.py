"""Criticism and comments about people, beside the record and never in it: numbers, lists of one's own, raw words."""
