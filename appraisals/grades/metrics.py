"""What is counted of grades: who has one and who was told, with rows that name no grade (F2); and, of what branches
have announced, how many of each."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.grades.chains import Level
from appraisals.grades.models import Grading
from appraisals.grades.states import GRADED, TOLD
from appraisals.rounds.models import RosterEntry
from figures.registry import Metric, Period, Reserve, register
from figures.units import Unit

Opens = Callable[[int, Period], str]


def _opens(page: str, query: str) -> Opens:
    return lambda place, period: f"{reverse(page)}?round={period.round_key}&place={place}{query}"


def _in(states: Any) -> Callable[[], Any]:
    return lambda: RosterEntry.objects.due().filter(graded_as__state__in=states)


MEMBERS = (
    Metric(
        "grades.decided", 14, _("Members graded"), Unit.PERSONS,
        rows=_in(GRADED), round="round_id", opens=_opens("appraisee_list", "&due=yes&graded=yes"),
    ),
    Metric(
        "grades.fed_back", 15, _("Members told of their grade"), Unit.PERSONS,
        rows=_in(TOLD), round="round_id", opens=_opens("appraisee_list", "&due=yes&told=yes"),
    ),
)  # fmt: skip
SLOTS = {Level.EXCELLENT: 16, Level.QUALIFIED: 31, Level.BASICALLY_QUALIFIED: 37, Level.UNQUALIFIED: 38}
LABELS = {
    Level.EXCELLENT: _("Announced: excellent"),
    Level.QUALIFIED: _("Announced: qualified"),
    Level.BASICALLY_QUALIFIED: _("Announced: basically qualified"),
    Level.UNQUALIFIED: _("Announced: unqualified"),
}
# The excellent are named anyway; the other numbers of a small branch are its superior's (F4).
FEW = Reserve(lambda user: Grading.objects.of_few_kept_from(user), lambda: Grading.objects.of_few(), "&shared=yes")
ANNOUNCED = tuple(
    Metric(
        f"grades.{level}", slot, LABELS[level], Unit.PERSONS,
        rows=lambda: Grading.objects.announced(), round="round_id", amount=str(level),
        opens=_opens("grading_list", "&state=announced"), reserve=None if level == Level.EXCELLENT else FEW,
    )
    for level, slot in SLOTS.items()
)  # fmt: skip

OF_MEMBERS = tuple(register(metric).code for metric in MEMBERS)
OF_ANNOUNCED = tuple(register(metric).code for metric in ANNOUNCED)
