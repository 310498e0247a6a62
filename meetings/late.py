"""补录: a record handed in long after its meeting is allowed, says why, and carries the mark (C11.18)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Parameter, Rule, Severity, register
from meetings.models import Meeting
from workflow.models import History

LATE = register(
    Rule(
        "R19",
        gettext_lazy("Records entered late"),
        gettext_lazy(
            "Local practice: a record is handed in within days of the meeting. One that comes later is taken with its "
            "reason and marked; “block” keeps it until the reason is given."
        ),
        Level.LOCAL,
        Severity.BLOCK,
        (Parameter("days", gettext_lazy("Days after the meeting"), 7, 1, 365),),
    )
)


def days_of(rules: RuleSet) -> int | None:
    """How many days after a meeting its record is still in time; None where the rule is not applied."""
    held = rules.of(LATE.code)
    return held.numbers["days"] if held.severity != Severity.OFF else None


def is_late(held_on: date, handed_in: date, days: int | None) -> bool:
    return days is not None and (handed_in - held_on).days > days


def handed_in_first(meeting: Meeting, now: datetime) -> date:
    """The day a record was first handed in, `now` if it never was: a correction makes nothing late."""
    told = History.objects.of(meeting).filter(move__in=("submit", "file")) if meeting.pk else None
    first = told.first() if told is not None else None
    return timezone.localdate(first.at if first else now)


def marked(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """The columns that say whether a record handed in now is late; a reason that nobody needs is dropped."""
    rules = RuleSet(meeting.organisation.path, meeting.held_on.year)
    late = is_late(meeting.held_on, handed_in_first(meeting, now), days_of(rules))
    return {"late_entry": late, "late_reason": meeting.late_reason if late else ""}


def remark(meeting: Meeting, rules: RuleSet, now: datetime) -> Remark | None:
    """Where a late record does not say why."""
    days = days_of(rules)
    handed_in = handed_in_first(meeting, now)
    if days is None or meeting.late_reason.strip() or not is_late(meeting.held_on, handed_in, days):
        return None
    told = {"passed": (handed_in - meeting.held_on).days, "days": days}
    words = _(
        "The meeting was %(passed)d days ago, and a record is handed in within %(days)d: please say under “Reason of "
        "the late entry” why it comes now."
    )
    return rules.remark(LATE.code, words % told)
