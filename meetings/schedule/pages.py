"""What the page of a schedule shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.http import AuthedRequest
from branches.models import User
from branches.rights import Right
from branches.rules.sets import InForce
from meetings.models import Meeting, ScheduleStep
from meetings.schedule.reading import days_of, is_applied, is_scheduled, rule_of
from meetings.schedule.steps import STEPS, Counted, Step
from meetings.states import UPCOMING


@dataclass(frozen=True)
class Line:
    """One step as it is printed: its last day as kept or, before the schedule is made, as proposed."""

    label: str
    distance: str
    due_on: date
    row: ScheduleStep | None
    is_after: bool


def reads_schedule(meeting: Meeting, user: User) -> bool:
    """True if the meeting has a schedule, or may get one, that this person reads."""
    return is_scheduled(meeting) and user.may(Right.READ_BRANCH, meeting)


def read_by(request: AuthedRequest, pk: int) -> Meeting:
    """The meeting, for whoever holds an office of its branch. Raises Http404, PermissionDenied."""
    rows = Meeting.objects.visible_to(request.user).select_related("organisation")
    meeting: Meeting = get_object_or_404(rows, pk=pk)
    if not is_scheduled(meeting):
        raise Http404
    request.user.require(Right.READ_BRANCH, meeting)
    return meeting


def schedule(meeting: Meeting, user: User) -> dict[str, Any]:
    """The steps before the meeting and after it."""
    held = rule_of(meeting)
    rows = {row.code: row for row in ScheduleStep.objects.visible_to(user).filter(meeting=meeting)}
    proposed = days_of(meeting, held)
    lines = [_line(step, held, rows.get(step.code), proposed[step.code]) for step in STEPS]
    writes = user.may(Right.RECORD, meeting)
    return {
        "meeting": meeting,
        "before": [line for line in lines if not line.is_after],
        "after": [line for line in lines if line.is_after],
        "is_made": bool(rows),
        "is_applied": is_applied(held),
        "may_make": writes and meeting.state in UPCOMING and is_applied(held),
        "may_tick": writes and bool(rows),
        "held": held,
    }


def _line(step: Step, held: InForce, row: ScheduleStep | None, proposed: date) -> Line:
    number = held.numbers[step.code]
    return Line(
        str(step.code.label), _distance(step.counted, number), row.due_on if row else proposed, row,
        step.counted == Counted.AFTER,
    )  # fmt: skip


def _distance(counted: Counted, number: int) -> str:
    if not number:
        return _("on the day of the meeting")
    words = {
        Counted.BEFORE: ngettext("%(n)d working day before", "%(n)d working days before", number),
        Counted.DAYS_BEFORE: ngettext("%(n)d day before", "%(n)d days before", number),
        Counted.AFTER: ngettext("within %(n)d working day", "within %(n)d working days", number),
    }
    return words[counted] % {"n": number}
