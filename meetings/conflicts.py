"""Two windows wrote on one record: where what was typed in one differs from what the other saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from meetings.decisions.entries import Motion
from meetings.decisions.kinds import Business, Ground, Method
from meetings.decisions.sheet import Matters
from meetings.decisions.votes import Outcome
from meetings.due import Due
from meetings.forms import MeetingForm, guest_line
from meetings.kinds import Form
from meetings.models import Original, Status
from shell.formats import moment

People = Mapping[int, Due]
Values = Mapping[str, Any]
Ticks = Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    """One field, or one line of the attendance list, that would be overwritten."""

    label: str
    typed: str
    saved: str


def of_fields(form: MeetingForm, people: People, typed: Values, saved: Values) -> Iterator[Difference]:
    """Field by field of the record, in the order of the page; values as a form cleans them or begins with."""
    for name in form.arranged:
        mine, theirs = (_words(name, values.get(name), people) for values in (typed, saved))
        if mine != theirs and name != "reason":  # why a record is corrected is no part of it
            yield Difference(str(form.fields[name].label), mine, theirs)


def of_attendance(people: People, typed: Ticks, saved: Ticks) -> Iterator[Difference]:
    """Member by member, in the order of `people`: those due on the day typed, and on the day saved."""
    for key, due in people.items():
        mine, theirs = (_tick(due, *ticks.get(key, ("", ""))) for ticks in (typed, saved))
        if mine != theirs:
            yield Difference(due.name, mine, theirs)


def of_matters(typed: Matters, saved: Matters, people: People) -> Iterator[Difference]:
    """The decisions, and who was left out of those due, each as a whole."""
    for label, mine, theirs in (
        (gettext("Decisions"), map(_motion, typed.motions), map(_motion, saved.motions)),
        (gettext("Left out of those due"), _left_out(typed, people), _left_out(saved, people)),
    ):
        before, after = "\n".join(mine), "\n".join(theirs)
        if before != after:
            yield Difference(label, before, after)


def _motion(motion: Motion) -> str:
    """One line of what was typed for a decision."""
    numbers = (motion.present, motion.yes, motion.no, motion.abstain, motion.written_yes)
    counted = " / ".join("--" if number is None else str(number) for number in numbers)
    result = Outcome(motion.announced).label if motion.announced else ""
    parts = (motion.subject, Business(motion.business).label, Method(motion.method).label, counted, result)
    return " · ".join(str(part) for part in parts if part)


def _left_out(matters: Matters, people: People) -> Iterator[str]:
    for one in matters.left_out:
        name = people[one.member_id].name if one.member_id in people else str(one.member_id)
        parts = (name, Ground(one.ground).label, one.consent_by, one.consent_on, one.reference, one.resolution)
        yield " · ".join(str(part) for part in parts if part)


def _words(name: str, value: Any, people: People) -> str:
    if value in (None, ""):
        return ""
    if name in ("host", "recorder"):
        key = getattr(value, "pk", value)
        return people[key].name if key in people else str(value)
    if name == "also":
        return "、".join(str(form.label) for form in Form if form in value)
    if name == "minutes_original":
        return str(Original(value).label)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, list):
        return "\n".join(line if isinstance(line, str) else guest_line(*line) for line in value)
    return str(value)


def _tick(due: Due, status: str, reason: str) -> str:
    """What will stand in the list: no reason with who came; whoever need not come is away without a tick."""
    if not status or (due.is_exempt and status != Status.PRESENT and not reason):
        return ""
    return f"{Status(status).label} {'' if status == Status.PRESENT else reason}".strip()
