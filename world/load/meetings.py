"""Meetings of a big world with all that hangs on them: each branch held some in the last months."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from meetings.kinds import KINDS, Form
from meetings.models import AgendaItem, Attendance, CountedAs, FollowUp, Meeting, Minutes, Observer, Status, Unsaved
from meetings.quorum import Count
from meetings.states import State
from world.load.plan import Branch, Plan
from world.load.registry import Load, fills

YEARS = 8  # over which the meetings of a branch lie, if they are many
FORMS = (Form.GENERAL_MEETING, Form.THEME_DAY, Form.COMMITTEE_MEETING, Form.PARTY_LECTURE, Form.ORG_LIFE_MEETING)
AGENDA = ("通报情况", "学习讨论", "安排下一步工作")


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting: its key, form and state follow from the branch and its number there."""

    key: int
    branch: Branch
    form: Form
    state: State
    begins: datetime

    @property
    def places(self) -> range:
        """The places of those due in the register of the branch."""
        only_committee = self.form == Form.COMMITTEE_MEETING
        return range(len(self.branch.held) if only_committee else self.branch.size)


def sittings(plan: Plan) -> Iterator[Sitting]:
    """All meetings in the order of their keys."""
    for branch in plan.branches:
        keys = plan.meetings_of(branch)
        apart = min(30, YEARS * 365 // max(1, len(keys)))
        for number, key in enumerate(keys):
            form = FORMS[(branch.number + number) % len(FORMS)]
            if form == Form.COMMITTEE_MEETING and len(branch.held) == 1:
                form = Form.GENERAL_MEETING
            begins = _morning(plan.today - timedelta(20 + apart * number + 30 * (branch.number % 7)))
            yield Sitting(key, branch, form, _state(key, form), begins)


@cache
def _state(key: int, form: Form) -> State:
    if key % 20 == 7:
        return State.DRAFT
    if key % 30 == 11:
        return State.RETURNED
    return State.SUBMITTED if KINDS[form].accepted_singly and key % 3 == 0 else State.FILED


@cache
def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9, 0))


@fills(Meeting)
def meetings(load: Load) -> None:
    """The records themselves."""
    columns = ("id", "organisation_id", "form", "theme", "started_at", "ended_at", "place", "host_id", "recorder_id",
               "state", "created_at", "submitted_at", *(field.name for field in fields(Count)))  # fmt: skip
    length = timedelta(minutes=90)
    rows = (
        (s.key, s.branch.key, s.form, f"第{s.key % 12 + 1}次{s.form.label}", s.begins, s.begins + length, "二楼会议室",
         s.branch.first, s.branch.first + 1, s.state, s.begins + length,
         None if s.state == State.DRAFT else s.begins + length, *_numbers(s))
        for s in sittings(load.plan)
    )  # fmt: skip
    load.put(Meeting, columns, rows)


def _numbers(sitting: Sitting) -> tuple[int, ...]:
    return astuple(Count.over((status, is_due, votes) for *_, status, _reason, is_due, votes in attendance(sitting)))


@fills(CountedAs)
def forms(load: Load) -> None:
    """Each as its own form; some theme days as a lecture, too."""
    rows = ((s.key, place, form) for s in sittings(load.plan) for place, form in enumerate(_forms(s), 1))
    load.put(CountedAs, ("meeting_id", "position", "form"), rows)


def _forms(sitting: Sitting) -> tuple[Form, ...]:
    is_both = sitting.form == Form.THEME_DAY and sitting.key % 3 == 0
    return (sitting.form, Form.PARTY_LECTURE) if is_both else (sitting.form,)


@fills(Attendance)
def attendances(load: Load) -> None:
    """Everybody due on the day; a record that is only a draft has no list yet."""
    columns = ("meeting_id", "member_id", "position", "status", "reason", "is_due", "may_vote")
    load.put(Attendance, columns, (row for s in sittings(load.plan) for row in attendance(s)))


def attendance(sitting: Sitting) -> Iterator[tuple[Any, ...]]:
    """The lines of its list: meeting, member, position, status, reason, is_due, may_vote."""
    branch = sitting.branch
    for place in sitting.places if sitting.state != State.DRAFT else ():
        away = place > 1 and (place + sitting.key) % 9 == 0
        is_due = place != branch.exempt
        status = Status.ON_LEAVE if away or not is_due else Status.PRESENT
        reason = "因病请假" if status == Status.ON_LEAVE else ""
        yield sitting.key, branch.first + place, place + 1, status, reason, is_due, branch.may_vote(place)


@fills(FollowUp)
def follow_ups(load: Load) -> None:
    """Some who were away made up for the study two days later."""
    columns = ("meeting_id", "member_id", "purpose", "way", "done_on")
    rows = (
        (s.key, line[1], "studied", "alone", (s.begins + timedelta(2)).date())
        for s in sittings(load.plan)
        if s.key % 7 == 0 and s.state == State.FILED
        for line in attendance(s)
        if line[3] == Status.ON_LEAVE
    )
    load.put(FollowUp, columns, rows)


@fills(AgendaItem, Observer, Minutes)
def words(load: Load) -> None:
    """Agenda and minutes of each, a guest at some."""
    lines = ((s.key, place, text) for s in sittings(load.plan) for place, text in enumerate(AGENDA, 1))
    load.put(AgendaItem, ("meeting_id", "position", "text"), lines)
    guests = ((s.key, 1, "苏启明", "上级党组织组织员") for s in sittings(load.plan) if s.key % 10 == 0)
    load.put(Observer, ("meeting_id", "position", "name", "title"), guests)
    load.put(
        Minutes, ("meeting_id", "text"), ((s.key, "一、通报情况\n二、讨论发言\n三、小结") for s in sittings(load.plan))
    )


@fills(Unsaved)
def unsaved(load: Load) -> None:
    """Every other draft was left in the middle of a word."""
    columns = ("organisation_id", "form", "meeting_id", "writer_key", "values", "revision", "saved_at")
    load.put(Unsaved, columns, (
        (s.branch.key, s.form, s.key, "-", {"theme": "写到一半", "version": "1"}, 3, load.now)
        for s in sittings(load.plan) if s.state == State.DRAFT and s.key % 40 == 7
    ))  # fmt: skip
