"""What is counted of problems, in a round and in a year: found, their measures, closed, overdue.

Overdue is what the clock has marked (actions.clock): a number that changed by itself at midnight would differ from its
rows until somebody counted.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from figures.registry import Metric, Period, register
from figures.units import Unit
from rectification.problems.models import Measure, Problem
from rectification.problems.states import OWED, ProblemState


def _opens(more: str = "") -> Callable[[int, Period], str]:
    """The problems counted there, in a round or in a year."""

    def address(place: int, period: Period) -> str:
        when = f"year={period.year}" if period.year else f"round={period.round_key}"
        return f"{reverse('problem_list')}?place={place}&{when}&{more or 'counted=yes'}"

    return address


def _found() -> Any:
    return Problem.objects.in_figures()


def _closed() -> Any:
    return Problem.objects.filter(state=ProblemState.CLOSED)


def _late() -> Any:
    return Problem.objects.filter(state__in=OWED, late_marked=True)


def _measures() -> Any:
    return Measure.objects.exclude(problem__state=ProblemState.VOID)


CLOSED, LATE = f"state={ProblemState.CLOSED}", "sign=marked"
IN_ROUND = (
    Metric("problems.in_round", 49, _("Problems found in the round"), Unit.ITEMS,
           rows=_found, round="round_id", opens=_opens()),
    Metric("problems.measures_in_round", 50, _("Measures against problems"), Unit.ITEMS,
           rows=_measures, organisation="problem__organisation", round="problem__round_id", opens=_opens()),
    Metric("problems.closed_in_round", 51, _("Problems of the round closed"), Unit.ITEMS,
           rows=_closed, round="round_id", opens=_opens(CLOSED)),
    Metric("problems.late_in_round", 52, _("Problems of the round overdue"), Unit.ITEMS,
           rows=_late, round="round_id", opens=_opens(LATE), typable=False),
)  # fmt: skip
IN_YEAR = (
    Metric("problems.in_year", 53, _("Problems found in the year"), Unit.ITEMS,
           rows=_found, year="year", opens=_opens()),
    Metric("problems.closed_in_year", 54, _("Problems of the year closed"), Unit.ITEMS,
           rows=_closed, year="year", opens=_opens(CLOSED)),
    Metric("problems.late_in_year", 55, _("Problems of the year overdue"), Unit.ITEMS,
           rows=_late, year="year", opens=_opens(LATE), typable=False),
)  # fmt: skip
OF_ROUND = tuple(register(metric).code for metric in IN_ROUND)
OF_YEAR = tuple(register(metric).code for metric in IN_YEAR)
