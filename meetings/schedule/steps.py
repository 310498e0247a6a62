"""The steps around an organisational life meeting and their days, counted from the day of the meeting: pure, but for
the rule that holds the distances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from branches.days_off.working import ahead, back
from branches.rules.table import Level, Parameter, Rule, Severity, register


class StepCode(TextChoices):
    """In the order in which they are done."""

    REPORT_PLAN = "report_plan", _("Report the plan of the meeting to the superior")
    NOTIFY = "notify", _("Give members notice")
    STUDY = "study", _("Collective study before the meeting")
    CONSULT = "consult", _("Ask for opinions")
    TALK = "talk", _("Talks")
    HAND_IN = "hand_in", _("Materials handed in")
    REVIEW = "review", _("Materials reviewed")
    LIST = "list", _("Lists of what is to be mended")
    REPORT_BACK = "report_back", _("Report on the meeting to the superior")


class Counted(Enum):
    """How the distance is counted: in days of work, or in days of the calendar and then back to a day of work."""

    BEFORE = "before"
    DAYS_BEFORE = "days before"
    AFTER = "after"


@dataclass(frozen=True)
class Step:
    code: StepCode
    counted: Counted
    distance: int  # as shipped


STEPS = (
    Step(StepCode.REPORT_PLAN, Counted.BEFORE, 15),
    Step(StepCode.NOTIFY, Counted.DAYS_BEFORE, 10),
    Step(StepCode.STUDY, Counted.BEFORE, 7),
    Step(StepCode.CONSULT, Counted.BEFORE, 6),
    Step(StepCode.TALK, Counted.BEFORE, 5),
    Step(StepCode.HAND_IN, Counted.BEFORE, 4),
    Step(StepCode.REVIEW, Counted.BEFORE, 2),
    Step(StepCode.LIST, Counted.AFTER, 3),
    Step(StepCode.REPORT_BACK, Counted.AFTER, 3),
)
AFTER = frozenset(step.code for step in STEPS if step.counted == Counted.AFTER)
MOST = 60  # days

SCHEDULE = register(
    Rule(
        "A6-1",
        _("Steps around the organisational life meeting"),
        _(
            "Local practice: notice at least 10 days ahead, a report within 3 working days; the other distances are a "
            "proposal. In working days, the notice in days of the calendar; each step ends at 18:00."
        ),
        Level.LOCAL,
        Severity.REMIND,
        tuple(Parameter(step.code.value, step.code.label, step.distance, 0, MOST) for step in STEPS),
    )
)


def days(held_on: date, distances: Mapping[str, int], offs: Mapping[date, bool], today: date) -> dict[StepCode, date]:
    """The last day of each step. What would lie before `today` falls on the next working day, at the latest on that of
    the meeting: who plans at short notice is late with nothing."""
    soon = ahead(today, 0, offs)
    found = {}
    for step in STEPS:
        day = _day(step.counted, held_on, distances[step.code], offs)
        found[step.code] = max(day, soon) if step.code in AFTER else min(max(day, soon), held_on)
    return found


def _day(counted: Counted, held_on: date, distance: int, offs: Mapping[date, bool]) -> date:
    if counted == Counted.AFTER:
        return ahead(held_on, distance, offs)
    if counted == Counted.DAYS_BEFORE:
        return back(held_on - timedelta(distance), 0, offs)
    return back(held_on, distance, offs)
