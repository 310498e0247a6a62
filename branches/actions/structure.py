"""Changing the tree: order, superior, merger, split, end. All rows move in bulk, in one transaction, on one day.

Nothing but Organisation holds a path, so a moved subtree takes its rows and the meaning of every grant along at once.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions.endings import end_grants, end_ties
from branches.actions.organisations import ARRANGERS, found
from branches.models import Flow, Grant, Group, Organisation, Post, Relation, Transfer
from branches.models.dated import DAY, still
from branches.models.members import Ending, RelationKind
from branches.models.organisations import Kind
from branches.models.rules import (
    hold_tree,
    next_position,
    refuse_closing,
    refuse_far,
    refuse_parent,
    refuse_place,
    superior_of,
)
from branches.rules import gate
from branches.transfers.states import State
from branches.tree import contains, under
from branches.unfinished import refuse_unfinished
from workflow.actions import record
from workflow.actors import Actor, require_any

BATCH = 1000


@transaction.atomic
def place(organisation: Organisation, *, actor: Actor, after: Organisation | None) -> None:
    """Put an organisation behind one of its sisters in the set order of lists, or first with None.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, superior_of(organisation))
    hold_tree()
    node = Organisation.objects.get(pk=organisation.pk)
    superior = superior_of(node)
    require_any(actor, ARRANGERS, superior)  # again: somebody may have moved it while we waited
    if after is None:
        Organisation.objects.move(node, superior, "first-child")
    elif superior_of(Organisation.objects.get(pk=after.pk)) != superior or after == node:
        raise ValidationError({"after": _("Please choose an organisation under the same superior.")})
    else:
        Organisation.objects.move(node, Organisation.objects.get(pk=after.pk), "right")
    record(organisation, "place", actor=actor, note=str(after or ""))


@transaction.atomic
def reparent(organisation: Organisation, *, actor: Actor, parent: Organisation) -> None:
    """Put an organisation with all below it under another superior, at once: who oversees it changes with it.

    The actor must stand above both. Raises PermissionDenied, ValidationError.
    """
    old = superior_of(organisation)
    require_any(actor, ARRANGERS, old)
    require_any(actor, ARRANGERS, parent)
    hold_tree()
    node, target = (Organisation.objects.get(pk=row.pk) for row in (organisation, parent))
    for place_now in (superior_of(node), target):  # somebody may have moved one of them while we waited
        require_any(actor, ARRANGERS, place_now)
    if contains(node.path, target.path):
        raise ValidationError({"parent": _("An organisation cannot hang below itself.")})
    if superior_of(node) == target:
        raise ValidationError({"parent": _("It hangs there already.")})
    refuse_closing(target)
    refuse_closing(node)
    refuse_parent(node.kind, target, since=node.since)
    with gate.passed(superior_of(node), target, on=timezone.localdate()):
        Organisation.objects.move(node, target, "last-child")
    record(Organisation.objects.get(pk=node.pk), "reparent", actor=actor, note=f"{old} → {target}")


@transaction.atomic
def merge(organisation: Organisation, *, actor: Actor, into: Organisation, since: date) -> int:
    """Merge a branch into another: from that day its members belong there, the day before is its last. How many moved.

    The actor must stand above both. Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, superior_of(organisation))
    require_any(actor, ARRANGERS, superior_of(into))
    refuse_far(since=since)
    if organisation == into or organisation.kind != Kind.BRANCH:
        raise ValidationError({"into": _("Please choose another branch.")})
    refuse_place(into, since=since)
    _refuse_closing(organisation, since)
    refuse_unfinished(organisation)
    rows = Relation.objects.filter(still(since - DAY), organisation=organisation)
    there = Relation.objects.filter(still(since - DAY), organisation=into).values("member")
    guests = rows.filter(kind=RelationKind.TAKING_PART, member__in=there)
    guests.update(until=since - DAY, ending=Ending.MERGED)  # who belongs there already needs no second relation
    with gate.passed(into, on=since):  # the other one closes: how small it becomes is no breach
        moved = _move_all(rows, into, since=since)
        _close(organisation, actor=actor, last_day=since - DAY)
    # The chain is kept short: whoever asks an old branch finds the one that answers for it today.
    Organisation.objects.filter(Q(pk=organisation.pk) | Q(successor=organisation)).update(successor=into)
    record(organisation, "merge", actor=actor, note=f"{into} · {since}")
    record(into, "absorb", actor=actor, note=f"{organisation} · {since} · {moved}")
    return moved


@transaction.atomic
def split(
    organisation: Organisation,
    *,
    actor: Actor,
    name: str,
    since: date,
    members: Iterable[int],
    branch_kind: str,
    short_name: str = "",
) -> Organisation:
    """Found a branch beside this one and give it some of its members (keys) from that day on.

    Raises PermissionDenied, ValidationError.
    """
    superior = superior_of(organisation)
    require_any(actor, ARRANGERS, superior)
    refuse_far(since=since)
    kind = Kind.BRANCH
    new = found(
        name, actor=actor, kind=kind, since=since, parent=superior, branch_kind=branch_kind, short_name=short_name
    )
    refuse_place(new, since=since)
    chosen = set(members)
    rows = Relation.objects.homes().filter(still(since - DAY), organisation=organisation, member__in=chosen)
    if not chosen or rows.count() != len(chosen):
        raise ValidationError({"members": _("Please choose members of this branch.")})
    if Transfer.objects.filter(member__in=chosen, state=State.OFFERED).exists():
        raise ValidationError(_("A transfer of one of these members is under way. Please have it decided first."))
    with gate.passed(organisation, new, on=since):
        end_ties(chosen, actor=actor, organisation=organisation, last_day=since - DAY)
        moved = _move_all(rows, new, since=since)
    record(organisation, "split", actor=actor, note=f"{new} · {since} · {moved}")
    return new


@transaction.atomic
def dissolve(organisation: Organisation, *, actor: Actor, until: date) -> None:
    """Close an organisation to which nobody belongs and below which nothing is open; that day is its last.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, superior_of(organisation))
    refuse_far(until=until)
    _refuse_closing(organisation, until + DAY)
    if Relation.objects.filter(still(until), organisation=organisation).exists():
        raise ValidationError(_("Members still belong here. Please transfer them or merge the branch first."))
    below = Organisation.objects.filter(under(organisation.path)).exclude(pk=organisation.pk)
    if below.filter(still(until)).exists():
        raise ValidationError(_("Organisations below it are still open. Please move or dissolve them first."))
    _close(organisation, actor=actor, last_day=until)
    record(organisation, "dissolve", actor=actor, note=str(until))


def _refuse_closing(organisation: Organisation, since: date) -> None:
    """Whoever closes an organisation with the day before `since` must find it open, old enough and undisturbed."""
    refuse_closing(organisation)
    if since <= organisation.since:
        raise ValidationError(
            {"since": _("It was founded on %s only. Please choose a later day.") % organisation.since}
        )
    ways = Transfer.objects.filter(Q(source=organisation) | Q(organisation=organisation), state=State.OFFERED)
    if ways.exists():
        raise ValidationError(_("Transfers from or to this branch are under way. Please have them decided first."))


def _move_all(rows: Any, there: Organisation, *, since: date) -> int:
    """End these relations the day before and begin them anew in the other branch, in their order. How many."""
    if late := rows.filter(since__gte=since).select_related("member").first():
        told = {"who": late.member.name, "day": late.since}
        raise ValidationError(
            {"since": _("%(who)s has been here since %(day)s only. Please choose a later day.") % told}
        )
    old = list(rows.order_by("position", "pk"))
    Relation.objects.filter(pk__in=[row.pk for row in old]).update(until=since - DAY, ending=Ending.MERGED)
    guests = Relation.objects.filter(organisation=there, kind=RelationKind.TAKING_PART, since__lt=since)
    counted = [row.member_id for row in old if row.kind == RelationKind.FORMAL]
    guests.filter(still(since - DAY), member__in=counted).update(until=since - DAY, ending=Ending.MERGED)
    first = next_position(there)
    facts = ("member_id", "kind", "until", "ending", "destination")  # who leaves on a later day leaves on that day
    Relation.objects.bulk_create(
        (
            Relation(
                organisation=there, since=since, position=first + place, **{name: getattr(row, name) for name in facts}
            )
            for place, row in enumerate(old)
        ),
        batch_size=BATCH,
    )
    return len(old)


def _close(organisation: Organisation, *, actor: Actor, last_day: date) -> None:
    """End whatever still holds at an organisation, and then itself."""
    people = Post.objects.filter(still(last_day), organisation=organisation).values_list("member", flat=True)
    end_ties(set(people), actor=actor, organisation=organisation, last_day=last_day)
    end_grants(Grant.objects.filter(organisation=organisation), actor=actor, last_day=last_day)
    Group.objects.filter(still(last_day), organisation=organisation).update(until=last_day)
    Flow.objects.filter(still(last_day), host=organisation).update(host=None)
    Organisation.objects.filter(pk=organisation.pk).update(until=last_day)
