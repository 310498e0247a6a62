"""A member goes from one branch to another: offered by the old, decided by the new or its superior, dated (F7)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches import telling
from branches.actions.endings import end_ties
from branches.actions.members import KEEPERS
from branches.actions.organisations import ARRANGERS
from branches.actions.planned import stay
from branches.models import Member, Organisation, Relation, Transfer
from branches.models.dated import DAY, still
from branches.models.members import Ending
from branches.models.rules import (
    home_of,
    leads,
    next_position,
    part_of,
    refuse_early,
    refuse_far,
    refuse_place,
    refuse_planned,
    superior_of,
)
from branches.rules import gate
from branches.transfers.states import State
from workflow.actions import record
from workflow.actors import Actor, require_any
from workflow.moves import Move, make_move


@transaction.atomic
def offer(member: Member, *, actor: Actor, to: Organisation, since: date, reason: str) -> Transfer:
    """Offer a member to another branch of the system; nothing changes until that branch takes him over.

    A secretary is offered by the superior. Raises PermissionDenied, ValidationError.
    """
    relation = home_of(member)
    require_any(actor, KEEPERS, relation.organisation)
    if leads(member, relation.organisation):
        require_any(actor, ARRANGERS, superior_of(relation.organisation))
    if to == relation.organisation:
        raise ValidationError({"to": _("The member belongs to this branch.")})
    refuse_place(to, since=since)
    refuse_far(since=since)
    _refuse_end(relation, since)
    if Transfer.objects.filter(member=member, state=State.OFFERED).exists():
        raise ValidationError(_("A transfer of this member is under way. Please withdraw it first."))
    transfer = Transfer(member=member, source=relation.organisation, organisation=to, since=since, reason=reason)
    transfer.full_clean()
    transfer.save()
    record(transfer, "offer", actor=actor, target=transfer.state, note=reason)
    return transfer


@transaction.atomic
def move(transfer: Transfer, name: str, *, actor: Actor, note: str = "") -> Move:
    """Take over, refuse, withdraw, or take back before the day; for a secretary the superior alone takes back.

    Taken over, the old relation ends the day before `since` and the new one begins. Posts and offices at the old branch
    end with it; drafts and materials stay where they are. Raises PermissionDenied, MoveNotAllowed, NoteRequired,
    ValidationError.
    """
    if name == "take_back" and leads(transfer.member, transfer.source):
        require_any(actor, ARRANGERS, superior_of(transfer.source))
    made = make_move(transfer, name, actor=actor, note=note)
    if made.target == State.ACCEPTED:
        _take_over(transfer, actor)
        telling.changed(Transfer, [transfer.pk])
    elif made.name == "take_back":
        stay(transfer, actor=actor)
    return made


def _refuse_end(relation: Relation, since: date) -> Relation:
    """The part of the old relation that ends the day before; ValidationError where something else is planned for it."""
    part = part_of(relation, since)
    refuse_planned(part)
    refuse_early(part, since)
    return part


def _take_over(transfer: Transfer, actor: Actor) -> None:
    """What may have changed since the offer is asked anew: ValidationError undoes the move."""
    relation = home_of(transfer.member)
    if relation.organisation_id != transfer.source_id:
        raise ValidationError(_("The member no longer belongs to “%s”. Please refuse this transfer.") % transfer.source)
    refuse_place(transfer.organisation, since=transfer.since)
    relation = _refuse_end(relation, transfer.since)
    with gate.passed(transfer.source, transfer.organisation, on=transfer.since):
        _carry_over(transfer, relation, actor)
    record(transfer.member, "transfer", actor=actor, organisation=transfer.organisation, note=str(transfer))


def _carry_over(transfer: Transfer, relation: Relation, actor: Actor) -> None:
    last_day = transfer.since - DAY
    end_ties([transfer.member_id], actor=actor, organisation=transfer.source, last_day=last_day)
    Relation.objects.filter(pk=relation.pk).update(
        until=last_day, ending=Ending.TRANSFERRED, destination=transfer.organisation.name
    )
    # Who took part in the new branch as a guest is no guest any more.
    guest = Relation.objects.filter(still(last_day), member=transfer.member, organisation=transfer.organisation)
    guest.filter(since__lte=last_day).update(until=last_day, ending=Ending.TRANSFERRED)
    Relation.objects.create(
        member=transfer.member, organisation=transfer.organisation, since=transfer.since,
        position=next_position(transfer.organisation), reason=transfer.source.name[:80],
    )  # fmt: skip
