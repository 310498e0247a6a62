"""What people do with meeting records; the only writes of this room."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.rights import Right
from meetings import late
from meetings.decisions.entries import LeftOut, Motion, Voters, decided
from meetings.due import due_at
from meetings.kinds import refusal
from meetings.metrics import count_meeting
from meetings.models import (
    AWAY,
    AgendaItem,
    Attendance,
    CountedAs,
    Decision,
    DueExclusion,
    FollowUp,
    Meeting,
    Minutes,
    Observer,
    Revision,
    Status,
    Way,
)
from meetings.own_forms.offered import require_offered
from meetings.plans import actions as plans
from meetings.quorum import Count
from meetings.revisions import snapshot
from meetings.rules import shortfalls
from meetings.schedule import actions as schedule
from meetings.states import PLAN_MOVES, State
from meetings.study import actions as study
from meetings.unsaved.actions import drop, settle
from workflow.actions import record
from workflow.actors import Actor, require_any
from workflow.moves import Move, MoveNotAllowed, make_move

LEADERS = (Right.LEAD, Right.LEAD_GROUP)


class Stale(Exception):
    """Somebody saved this record after the writer had opened it."""


@dataclass(frozen=True)
class Entry:
    """What was typed for one sitting: columns of Meeting, agenda lines, (status, reason) by member, guests as (name,
    title, kind; without a kind an observer), the words of the minutes, the other forms it counts as, each with words of
    its own or none; what was decided, who was left out of those due at elections and disposals, and the ways of taking
    part by member.
    """

    facts: dict[str, Any]
    agenda: Sequence[str] = ()
    ticks: dict[int, tuple[str, str]] = field(default_factory=dict)
    observers: Sequence[tuple[str, ...]] = ()
    minutes: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    motions: Sequence[Motion] = ()
    left_out: Sequence[LeftOut] = ()
    ways: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def save(
    meeting: Meeting,
    entry: Entry,
    *,
    actor: Actor,
    seen: int = 0,
    submit: bool = False,
    note: str = "",
    kept: int | None = None,
) -> Meeting:
    """Save a record that is still being written, and hand it in if `submit`; all of it or nothing.

    `seen` is the version the writer had opened, 0 for a new one; `note` says why it is handed in against a warning,
    `kept` is the revision of the autosaved fields that the writer knows (meetings/unsaved).
    Raises PermissionDenied, MoveNotAllowed (no longer open), Stale, Behind, ValidationError.
    """
    actor.require(Right.RECORD, meeting)
    if not meeting.is_open:
        raise MoveNotAllowed(_("This record can no longer be edited: it is “%s”.") % meeting.get_state_display())
    is_new = meeting.pk is None
    settle(meeting, actor=actor, seen=kept)
    _write(meeting, entry, seen)
    if is_new:
        record(meeting, "create", actor=actor, rights=[Right.RECORD], target=meeting.state)
    else:
        schedule.fit(meeting, actor=actor)
    if submit:
        move(meeting, meeting.submission, actor=actor, note=note)
    return meeting


@transaction.atomic
def revise(meeting: Meeting, entry: Entry, reason: str, *, actor: Actor, seen: int) -> Revision:
    """Correct a filed record: what was filed is kept beside it, and the record handed in anew, with its reason told.

    Raises PermissionDenied, MoveNotAllowed (not filed), NoteRequired, Stale, ValidationError.
    """
    require_any(actor, LEADERS, meeting)
    kept = _kept(meeting)
    make_move(meeting, "revise", actor=actor, note=reason)
    count_meeting(kept.meeting, actor=actor)  # the years it was filed under: the correction may name others
    _write(meeting, entry, seen)
    kept.save(force_insert=True)
    move(meeting, meeting.submission, actor=actor)
    return kept


@transaction.atomic
def move(meeting: Meeting, name: str, *, actor: Actor, note: str = "") -> Move:
    """Submit, file, withdraw, accept, return or void a record; or a step of a plan.

    Raises MoveNotAllowed, PermissionDenied, NoteRequired, and ValidationError with everything that is missing.
    """
    changes: dict[str, Any] = {}
    if name in PLAN_MOVES:
        return plans.step(meeting, name, actor=actor, note=note)
    if name == "revise":
        require_any(actor, LEADERS, meeting)
        raise MoveNotAllowed(_("Please correct from the page on which you write."))
    if name in ("submit", "file"):
        require_any(actor, LEADERS, meeting)
        now = timezone.now()
        if missing := shortfalls(meeting, now):
            raise ValidationError(missing)
        changes = {"submitted_at": now, **late.marked(meeting, now)}
    made = make_move(meeting, name, actor=actor, note=note, version=F("version") + 1, **changes)
    drop(meeting, actor=actor)
    if State.FILED in (made.source, made.target):
        count_meeting(meeting, actor=actor)
        study.follow(meeting, actor=actor)
    return made


def _kept(meeting: Meeting) -> Revision:
    """What is filed now, read anew: the row in hand may already hold what was typed."""
    filed = Meeting.objects.select_related("host", "recorder").get(pk=meeting.pk)
    minutes = Minutes.objects.filter(meeting=filed).first()
    words = minutes.whole if minutes else ""
    number = Revision.objects.filter(meeting=filed).count() + 1
    return Revision(meeting=filed, number=number, filed=snapshot(filed), words=words)


def _write(meeting: Meeting, entry: Entry, seen: int) -> None:
    for name, value in entry.facts.items():
        setattr(meeting, name, value)
    meeting.full_clean(validate_unique=False)
    if refusals := [words for form in entry.also if (words := refusal(meeting.form, form))]:
        raise ValidationError(refusals)
    lines = list(_attendance(meeting, entry))
    require_offered(meeting)
    _require_fitting(lines)
    counted = Count.over((line["status"], line["is_due"], line["may_vote"]) for line in lines)
    _set_facts(meeting, entry.facts | asdict(counted), seen)
    _replace(CountedAs, meeting, ({"form": form} for form in (meeting.form, *entry.also)))
    _replace(Attendance, meeting, lines)
    there = [line["member_id"] for line in lines if line["status"] == Status.PRESENT]
    FollowUp.objects.filter(meeting=meeting, member__in=there).delete()  # a correction: he was there after all
    _replace(AgendaItem, meeting, ({"text": text} for text in entry.agenda))
    _replace(
        Observer, meeting, (dict(zip(("name", "title", "kind"), guest, strict=False)) for guest in entry.observers)
    )
    _replace(DueExclusion, meeting, map(asdict, entry.left_out))
    _replace(Decision, meeting, decided(entry.motions, entry.left_out, Voters.over(lines)))
    by_form = {form: words for form, words in entry.also.items() if words}
    Minutes.objects.update_or_create(meeting=meeting, defaults={"text": entry.minutes, "by_form": by_form})


def _set_facts(meeting: Meeting, facts: dict[str, Any], seen: int) -> None:
    for name, value in facts.items():
        setattr(meeting, name, value)
    if meeting.pk is None:
        meeting.save(force_insert=True)
        return
    rows = Meeting.objects.filter(pk=meeting.pk, version=seen, state=meeting.state)
    if not rows.update(version=F("version") + 1, **facts):
        raise Stale
    meeting.version = seen + 1


def _replace(model: Any, meeting: Meeting, rows: Iterable[dict[str, Any]]) -> None:
    model.objects.filter(meeting=meeting).delete()
    model.objects.bulk_create(model(meeting=meeting, position=place, **row) for place, row in enumerate(rows, 1))


def _require_fitting(lines: list[dict[str, Any]]) -> None:
    """Who sat in the room or on video came; who sent words or was visited did not, and does not count as there."""
    came = [line["way"] in AWAY for line in lines if line["status"] == Status.PRESENT]
    away = [line["way"] == Way.VIDEO for line in lines if line["status"] != Status.PRESENT]
    if any(came):
        raise ValidationError(
            _("Whoever sent a written speech, studied at home or got papers by post was not there: please tick “on "
              "leave” or “absent” for him, with the reason.")
        )  # fmt: skip
    if any(away):
        raise ValidationError(_("Whoever took part by video is ticked as present."))


def _attendance(meeting: Meeting, entry: Entry) -> Iterator[dict[str, Any]]:
    """Every member of that day's register gets a line. Whoever is exempt need not be ticked and keeps the vote, so that
    the base of a decision counts him; if he came all the same, he was due on this occasion."""
    for due in due_at(meeting, meeting.held_on):
        status, reason = entry.ticks.get(due.member_id, ("", ""))
        way = entry.ways.get(due.member_id, "")
        status = status or (Status.PRESENT if way == Way.VIDEO else Status.ON_LEAVE if way or due.is_exempt else "")
        if not status:
            continue
        came = status == Status.PRESENT
        yield {
            "member_id": due.member_id,
            "status": status,
            "reason": "" if came else reason,
            "is_due": came or not due.is_exempt,
            "may_vote": due.may_vote,
            "way": way,
            "leads_above": due.leads_above,
        }
