"""The report of a count as a Word file."""
