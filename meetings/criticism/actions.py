"""Counting criticisms, writing raw words where that is wanted, and the list of what a member makes his own."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import User
from branches.rights import Right
from meetings.criticism.rules import takes_words
from meetings.models import Claim, CriticismCount, Meeting, RemarkKind, SpokenRemark
from meetings.states import WORDED, State
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import MoveNotAllowed

COMMITTEE = 0  # stands for the committee together where members are named by their keys


@transaction.atomic
def count(meeting: Meeting, numbers: Mapping[int, int], *, actor: Actor) -> None:
    """Set how many criticisms were made of each, by the key of the member or COMMITTEE; 0 is none.

    Raises PermissionDenied, MoveNotAllowed, ValidationError (nobody of the list, fewer than are written down).
    """
    actor.require(Right.RECORD, meeting)
    _require_criticism(meeting)
    _require_listed(meeting, numbers)
    written = _written(meeting)
    if any(numbers.get(key, 0) < least for key, least in written.items()):
        raise ValidationError(_("More criticisms of somebody are written down here than you count. Please check."))
    CriticismCount.objects.filter(meeting=meeting).delete()
    CriticismCount.objects.bulk_create(
        CriticismCount(meeting=meeting, member_id=key or None, number=number)
        for key, number in numbers.items()
        if number
    )
    record(meeting, "count_criticism", actor=actor, rights=[Right.RECORD])


@transaction.atomic
def write(meeting: Meeting, kind: str, about: int, text: str, *, actor: User, speaker: int | None = None) -> None:
    """Write down one remark about the member of that key, or COMMITTEE; the number of criticisms keeps up with it.

    Raises PermissionDenied, MoveNotAllowed, ValidationError (not wanted here, nobody of the list).
    """
    actor.require(Right.RECORD, meeting)
    _require_criticism(meeting)
    if not takes_words(meeting.organisation.path, meeting.held_on):
        raise ValidationError(_("Here criticism is not written down word by word. Please record the numbers only."))
    _require_listed(meeting, {about: 1, **({speaker: 1} if speaker else {})})
    row = SpokenRemark(
        meeting=meeting, kind=kind, member_id=about or None, speaker_id=speaker, text=text.strip(), written_by=actor
    )
    row.full_clean()
    row.save(force_insert=True)
    if kind == RemarkKind.CRITICISM:
        _keep_up(meeting, about)
    record(row, "write_remark", actor=actor, organisation=meeting.organisation)


@transaction.atomic
def remove(remark: SpokenRemark, *, actor: Actor) -> None:
    """Destroy one remark, as its days would. The number stays. Raises PermissionDenied."""
    actor.require(Right.RECORD, remark.meeting)
    record(remark, "remove_remark", actor=actor, organisation=remark.meeting.organisation)
    remark.delete()


@transaction.atomic
def claim(meeting: Meeting, text: str, *, actor: User) -> None:
    """Keep what the actor makes his own, one point a line, in place of what he kept before.

    Raises PermissionDenied (not in the list of the meeting), MoveNotAllowed, ValidationError.
    """
    member = actor.member
    if member is None or not meeting.attendances.filter(member=member).exists():
        raise PermissionDenied
    if meeting.state not in WORDED:
        raise MoveNotAllowed(_("Please write this once the record is handed in."))
    row = Claim.objects.filter(meeting=meeting, member=member).first() or Claim(meeting=meeting, member=member)
    actor.require(Right.OWN, row)
    row.text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not row.text:
        raise ValidationError({"text": _("Please write at least one point.")})
    row.full_clean()
    row.save()
    record(row, "write_claim", actor=actor, organisation=meeting.organisation)


def _require_criticism(meeting: Meeting) -> None:
    if meeting.is_plan or meeting.state == State.VOID or not meeting.criticises:
        raise MoveNotAllowed(_("Criticism is recorded of a meeting at which members criticise one another."))


def _require_listed(meeting: Meeting, keys: Mapping[int, int]) -> None:
    named = {key for key, number in keys.items() if number and key != COMMITTEE}
    if named - set(meeting.attendances.filter(member__in=named).values_list("member", flat=True)):
        raise ValidationError(_("Please choose members who stand in the attendance list of this meeting."))


def _written(meeting: Meeting) -> dict[int, int]:
    """How many criticisms are written down of each, by key."""
    found: dict[int, int] = {}
    rows = SpokenRemark.objects.filter(meeting=meeting, kind=RemarkKind.CRITICISM)
    for key in rows.values_list("member", flat=True):
        found[key or COMMITTEE] = found.get(key or COMMITTEE, 0) + 1
    return found


def _keep_up(meeting: Meeting, about: int) -> None:
    """No fewer are counted than are written down."""
    rows = CriticismCount.objects.filter(meeting=meeting, member=about or None)
    number = _written(meeting)[about]
    if not rows.filter(number__gte=number).exists() and not rows.update(number=number):
        CriticismCount.objects.create(meeting=meeting, member_id=about or None, number=number)
