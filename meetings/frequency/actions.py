"""What superiors do about the frequency of meetings: exempt a branch from a form for a time, and take that back."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from meetings.models import FormExemption
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, NoteRequired, make_move


@transaction.atomic
def exempt(
    branch: Organisation, form: str, *, actor: Actor, since: date, until: date | None, reason: str
) -> FormExemption:
    """Let a branch be free of holding `form` from one day to another.

    Raises PermissionDenied, NoteRequired, ValidationError.
    """
    actor.require(Right.ARRANGE, branch)
    if branch.kind != Kind.BRANCH:
        raise PermissionDenied
    if not reason.strip():
        raise NoteRequired(_("Please give a reason."))
    row = FormExemption(organisation=branch, form=form, since=since, until=until, reason=reason.strip())
    row.full_clean()
    same = FormExemption.objects.standing().filter(organisation=branch, form=form)
    if any(one.since <= (until or one.since) and (one.until is None or one.until >= since) for one in same):
        raise ValidationError(_("For some of these days the branch is exempted from this form already."))
    row.save(force_insert=True)
    record(row, "create", actor=actor, rights=[Right.ARRANGE], target=row.state, note=row.reason)
    return row


def move(exemption: FormExemption, name: str, *, actor: Actor, note: str = "") -> Move:
    """Take an exemption back. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    return make_move(exemption, name, actor=actor, note=note)
