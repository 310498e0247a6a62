"""Rows of problems."""

from rectification.problems.models.problems import Measure, Problem, ProblemQuerySet, Recheck

__all__ = ["Measure", "Problem", "ProblemQuerySet", "Recheck"]
