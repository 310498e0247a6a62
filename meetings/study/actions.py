"""Typing what was studied, taking that back, and correcting a computed credit."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Member, Organisation, Relation, User
from branches.rights import Right
from meetings.models import Attendance, Meeting, Status, StudyCorrection, StudyEntry, StudyKind, StudyShortfall
from meetings.states import State
from meetings.study.lacking import of_everybody, of_members
from workflow.actions import record
from workflow.actors import SYSTEM, Actor, require_any
from workflow.moves import NoteRequired

OWN_OR_CLERK = (Right.OWN, Right.RECORD)


@transaction.atomic
def enter(
    member: Member,
    organisation: Organisation,
    kind: str,
    studied_on: date,
    hours: Decimal,
    subject: str,
    *,
    actor: User,
) -> StudyEntry:
    """Record what a member studied: own study by himself or for him, collective study only by the branch.

    Raises PermissionDenied, ValidationError.
    """
    entry = StudyEntry(
        member=member, organisation=organisation, kind=kind, studied_on=studied_on, hours=hours,
        subject=subject.strip(), recorded_by=actor,
    )  # fmt: skip
    require_any(actor, OWN_OR_CLERK if kind == StudyKind.OWN else OWN_OR_CLERK[1:], entry)
    if studied_on > timezone.localdate():
        raise ValidationError({"studied_on": _("Study is recorded once it is done: please check the day.")})
    entry.full_clean()
    entry.save(force_insert=True)
    record(entry, "create", actor=actor, rights=OWN_OR_CLERK, note=str(hours))
    bring_up([member.pk], studied_on.year, actor=actor)
    return entry


@transaction.atomic
def withdraw(entry: StudyEntry, *, actor: Actor) -> None:
    """Take an entry back: it counts no more. Raises PermissionDenied, ValidationError where it was taken back."""
    require_any(actor, OWN_OR_CLERK if entry.kind == StudyKind.OWN else OWN_OR_CLERK[1:], entry)
    if not StudyEntry.objects.filter(pk=entry.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        raise ValidationError(_("This has already been taken back."))
    record(entry, "withdraw", actor=actor)
    bring_up([entry.member_id], entry.studied_on.year, actor=actor)


@transaction.atomic
def correct(meeting: Meeting, member: Member, hours: Decimal, reason: str, *, actor: Actor) -> StudyCorrection:
    """Set the hours of one member at one filed meeting by hand.

    Raises PermissionDenied, NoteRequired, ValidationError.
    """
    actor.require(Right.RECORD, meeting)
    if not reason.strip():
        raise NoteRequired(_("Please give a reason."))
    came = Attendance.objects.filter(meeting=meeting, member=member, status=Status.PRESENT)
    if meeting.state != State.FILED or not came.exists():
        raise ValidationError(_("Hours are corrected for who came to a meeting whose record is filed."))
    row = StudyCorrection.objects.filter(meeting=meeting, member=member).first()
    row = row or StudyCorrection(meeting=meeting, member=member, organisation=meeting.organisation)
    row.hours, row.reason = hours, reason.strip()
    row.full_clean()
    row.save()
    record(row, "correct_hours", actor=actor, note=f"{hours}：{row.reason}")
    bring_up([member.pk], meeting.held_on.year, actor=actor)
    return row


def follow(meeting: Meeting, *, actor: Actor) -> None:
    """Part of a move that files a record or takes it back: the hours of whoever it counts for have changed."""
    lines = Attendance.objects.filter(meeting=meeting).values_list("member", flat=True)
    bring_up(list(lines), meeting.held_on.year, actor=actor)


@transaction.atomic
def bring_up(members: Collection[int], year: int, *, actor: Actor) -> None:
    """Bring what these members lack in that year up to their hours; part of an action that has changed them."""
    today = timezone.localdate()
    if members and today.year - 1 <= year <= today.year:
        _keep(members, year, of_members(members, year, today))


@transaction.atomic
def bring_up_everybody(today: date, *, actor: Actor = SYSTEM) -> None:
    """The same for the whole register: rules, posts and members change without a word to study."""
    actor.require(SYSTEM.RIGHT, None)
    gone = Relation.objects.register(on=today).filter(member=OuterRef("member"))
    StudyShortfall.objects.filter(~Exists(gone.order_by()), year=today.year).delete()
    for members, rows in of_everybody(today.year, today):
        _keep(members, today.year, rows)


def _keep(members: Collection[int], year: int, rows: list[StudyShortfall]) -> None:
    """These rows and no others of these members; a row that stays keeps its key, on which a notice hangs."""
    lacking = [row.member_id for row in rows]
    StudyShortfall.objects.filter(member__in=members, year=year).exclude(member__in=lacking).delete()
    StudyShortfall.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "year"],
        update_fields=["organisation", "collective", "of_both"],
    )  # fmt: skip
