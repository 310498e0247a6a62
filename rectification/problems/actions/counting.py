"""Bringing the numbers of branches up to their problems."""

from collections.abc import Iterable
from typing import Any

from figures.actions import recount
from figures.registry import Period
from rectification.problems.metrics import OF_ROUND, OF_YEAR
from rectification.problems.models import Problem


def count(problems: Iterable[Problem], *, actor: Any, before: tuple[Any, int] = (None, 0)) -> None:
    """Count anew what these problems enter; `before`: the round and year that one of them entered until now."""
    rounds: dict[int, set[int]] = {}
    years: dict[int, set[int]] = {}
    for problem in problems:
        for round_key in {problem.round_id, before[0]} - {None}:
            rounds.setdefault(round_key, set()).add(problem.organisation_id)
        for year in {problem.year, before[1]} - {0}:
            years.setdefault(year, set()).add(problem.organisation_id)
    for round_key in sorted(rounds):
        recount(rounds[round_key], Period(round_key=round_key), OF_ROUND, actor=actor)
    for year in sorted(years):
        recount(years[year], Period(year=year), OF_YEAR, actor=actor)
