"""Decisions of meetings: kinds of business, their arithmetic, their rows on the pages."""
