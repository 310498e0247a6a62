"""What is done with a meeting before it is held: planned, announced, moved to another day, cancelled, begun."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.rights import Right
from branches.rules.facts import months_later
from meetings.kinds import KINDS
from meetings.models import AgendaItem, CountedAs, Meeting, Minutes
from meetings.own_forms.offered import require_offered
from meetings.plans.periods import Period
from meetings.schedule import actions as schedule
from meetings.states import State
from meetings.years import appraised
from reminders.actions.notices import owe_about
from shell.formats import moment
from workflow.actions import record, record_many
from workflow.actors import Actor, require_any
from workflow.moves import Move, MoveNotAllowed, make_move

LEADERS = (Right.LEAD, Right.LEAD_GROUP)
NEEDED = ("theme", "place")  # of a meeting that is announced


@transaction.atomic
def plan(meeting: Meeting, facts: dict[str, Any], *, actor: Actor, seen: int = 0) -> Meeting:
    """Enter a meeting that is to be held, or change what nobody was told of yet; `facts` are columns of Meeting, `seen`
    is the version the writer had opened.

    Raises PermissionDenied, MoveNotAllowed (announced already, or changed by somebody else), ValidationError.
    """
    actor.require(Right.RECORD, meeting)
    is_new = meeting.pk is None
    if not is_new and meeting.state != State.PLANNED:
        raise MoveNotAllowed(
            _("Only what is not announced yet is changed here: this is “%s”.") % meeting.get_state_display()
        )
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.state = State.PLANNED
    require_offered(meeting)
    meeting.full_clean(validate_unique=False)
    actor.require(Right.RECORD, meeting)  # also as it is now: a group leader plans for the own group
    if is_new:
        meeting.save(force_insert=True)
        record(meeting, "plan", actor=actor, rights=[Right.RECORD], target=meeting.state)
    elif not _unchanged(meeting, seen).update(version=F("version") + 1, **facts):
        raise MoveNotAllowed(_("Somebody else has just changed this record. Please look at it again."))
    else:
        schedule.fit(meeting, actor=actor)
    return meeting


@transaction.atomic
def reschedule(meeting: Meeting, facts: dict[str, Any], reason: str, *, actor: Actor, seen: int) -> Move:
    """Move an announced meeting to another time or place: number and history stay, and everybody due is told once more.
    `facts`: started_at, ended_at, place.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired, ValidationError.
    """
    require_any(actor, LEADERS, meeting)
    was = Meeting.objects.values_list("started_at", flat=True).get(pk=meeting.pk)  # a form has written on its instance
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.full_clean(validate_unique=False)
    _refuse(_lacking(meeting))
    if meeting.version != seen:
        raise MoveNotAllowed(_("Somebody else has just changed this record. Please look at it again."))
    told = f"{moment(was)} → {moment(meeting.started_at)}：{reason.strip()}" if reason.strip() else ""
    counted = {"version": F("version") + 1, "reschedules": F("reschedules") + 1}
    move = make_move(meeting, "reschedule", actor=actor, note=told, **counted, **facts)
    schedule.fit(meeting, actor=actor)
    _tell([meeting.pk], actor)
    return move


@transaction.atomic
def step(meeting: Meeting, name: str, *, actor: Actor, note: str = "") -> Move:
    """Announce a plan, cancel it, or begin its record; whoever is due is told of the first two.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired, ValidationError with what is missing.
    """
    changes: dict[str, Any] = {"version": F("version") + 1}
    if name == "reschedule":
        require_any(actor, LEADERS, meeting)
        raise MoveNotAllowed(_("Please move the meeting from the page on which you write the new day."))
    if name == "announce":
        require_any(actor, LEADERS, meeting)
        _refuse(_lacking(meeting) if meeting.state == State.PLANNED else [])
        changes["announced_at"] = timezone.now()
    move = make_move(meeting, name, actor=actor, note=note, **changes)
    if name == "begin":
        _prepare(meeting, actor)
    else:
        if name == "announce":
            schedule.notified(meeting, timezone.localdate(), actor=actor)
        _tell([meeting.pk], actor)
    return move


@transaction.atomic
def copy(branch: Organisation, period: Period, *, actor: Actor) -> int:
    """Plan for `period` what the branch planned or held in the one before, on the same days; how many. Themes and hosts
    stay open, and what is planned already for a day is not planned twice.

    Raises PermissionDenied, ValidationError where there is nothing to copy.
    """
    actor.require(Right.RECORD, Meeting(organisation=branch))
    found = Meeting.objects.filter(organisation=branch).exclude(state__in=[State.VOID, State.CANCELLED])
    old, now = (list(_within(found, one).select_related("group", "own_form")) for one in (period.before, period))
    present = {(row.form, row.own_form_id, row.group_id, row.held_on) for row in now}
    rows = [_copied(row, branch, period.months) for row in old if row.group is None or row.group.until is None]
    rows = [row for row in rows if (row.form, row.own_form_id, row.group_id, row.held_on) not in present]
    if not rows:
        raise ValidationError(
            _("There is nothing to copy: nothing was planned or held in the period before, or all is planned already.")
        )
    made = Meeting.objects.bulk_create(rows)
    record_many(made, "plan", actor=actor, rights=[Right.RECORD], target=State.PLANNED)
    return len(made)


def _within(rows: Any, period: Period) -> Any:
    begins, ends = period.moments
    return rows.filter(started_at__gte=begins, started_at__lt=ends).order_by("started_at", "pk")


def _copied(row: Meeting, branch: Organisation, months: int) -> Meeting:
    """The same form at the same hour so many months on."""
    local = timezone.localtime(row.started_at)
    day = months_later(local.date(), months)
    begins = timezone.make_aware(datetime.combine(day, local.time()))
    ends = begins + (row.ended_at - row.started_at) if row.ended_at else None
    return Meeting(
        organisation=branch, form=row.form, group=row.group, place=row.place, started_at=begins, ended_at=ends,
        state=State.PLANNED, own_form=row.own_form, form_name=row.form_name,
    )  # fmt: skip


def _unchanged(meeting: Meeting, seen: int) -> Any:
    return Meeting.objects.filter(pk=meeting.pk, version=seen, state=State.PLANNED)


def _lacking(meeting: Meeting) -> list[str]:
    """What a meeting lacks to be announced, in words."""
    empty = [name for name in NEEDED if not getattr(meeting, name)]
    found = [_("Please fill in “%s”.") % Meeting._meta.get_field(name).verbose_name for name in empty]  # type: ignore[union-attr]
    if meeting.started_at <= timezone.now():
        found.append(_("This time is over: please choose a day that is still to come."))
    return found


def _refuse(words: Sequence[str]) -> None:
    if words:
        raise ValidationError(list(words))


def _prepare(meeting: Meeting, actor: Actor) -> None:
    """The record begins with the ready agenda of its form, and the year under appraisal."""
    kind = KINDS[meeting.form]
    agenda = meeting.own_form.agenda.splitlines() if meeting.own_form else kind.agenda
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=place, text=str(text)) for place, text in enumerate(agenda, 1)
    )
    CountedAs.objects.create(meeting=meeting, position=1, form=meeting.form)
    Minutes.objects.create(meeting=meeting)
    if kind.appraises and (year := appraised(actor, meeting.organisation.path)):
        Meeting.objects.filter(pk=meeting.pk).update(appraisal_year=year)


def _tell(keys: Sequence[int], actor: Actor) -> None:
    """Owe the notices of this deed at once, in one statement a rule; the daily scan owes the same."""
    owe_about(Meeting, keys, timezone.localdate())
