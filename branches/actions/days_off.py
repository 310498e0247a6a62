"""Laying down days off for a place and all below it, and taking them back."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.days_off.lines import Line
from branches.models import DayOff, Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from workflow.actions import record, record_many
from workflow.actors import Actor


@transaction.atomic
def lay_down_days(organisation: Organisation, lines: Sequence[Line], *, actor: Actor) -> int:
    """Set these days, in place of what this organisation had set for them; how many are new or other than before.

    Raises PermissionDenied, ValidationError at a branch.
    """
    actor.require(Right.ARRANGE, organisation)
    if organisation.kind == Kind.BRANCH:
        raise ValidationError(_("Days off are laid down by a superior organisation, for itself and those below."))
    standing = DayOff.objects.filter(organisation=organisation).standing()
    old = {row.day: row for row in standing.filter(day__in=[line.day for line in lines])}
    new = [line for line in lines if _told(old.get(line.day)) != (line.kind, line.name)]
    standing.filter(day__in=[line.day for line in new]).update(withdrawn_at=timezone.now())
    made = DayOff.objects.bulk_create(
        DayOff(organisation=organisation, day=line.day, kind=line.kind, name=line.name) for line in new
    )
    record_many(made, "lay_down_day", actor=actor, rights=[Right.ARRANGE])
    return len(made)


@transaction.atomic
def withdraw_day(day_off: DayOff, *, actor: Actor) -> None:
    """Take one day back: the next superior's setting counts again, or the week. Raises PermissionDenied,
    ValidationError where it was taken back."""
    actor.require(Right.ARRANGE, day_off)
    if not DayOff.objects.filter(pk=day_off.pk).standing().update(withdrawn_at=timezone.now()):
        raise ValidationError(_("This has already been taken back."))
    record(day_off, "withdraw_day", actor=actor, rights=[Right.ARRANGE])


def _told(row: DayOff | None) -> tuple[str, str] | None:
    return (row.kind, row.name) if row else None
