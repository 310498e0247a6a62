"""Supervision groups: their pages."""
