"""Founding organisations and groups."""

from datetime import date

from django.db import transaction

from branches.models import Group, Organisation
from branches.rights import Right
from workflow.actions import record
from workflow.actors import SYSTEM, Actor, require_any

ARRANGERS = (Right.ARRANGE, SYSTEM.RIGHT)


@transaction.atomic
def found(
    name: str,
    *,
    actor: Actor,
    kind: str,
    since: date,
    parent: Organisation | None = None,
    branch_kind: str = "",
    short_name: str = "",
) -> Organisation:
    """Add an organisation below `parent`; without one a root, which only the set-up may found.

    Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, parent) if parent else actor.require(SYSTEM.RIGHT, None)
    facts = Organisation(name=name, kind=kind, branch_kind=branch_kind, short_name=short_name, since=since)
    facts.clean_fields(exclude={"path", "depth", "numchild"})
    if parent:
        parent.refresh_from_db()  # treebeard counts children on the instance it is given
        organisation = Organisation.objects.add_child(parent, instance=facts)
    else:
        organisation = Organisation.objects.add_root(instance=facts)
    record(organisation, "found", actor=actor)
    return organisation


@transaction.atomic
def found_group(name: str, *, actor: Actor, organisation: Organisation, since: date, position: int = 0) -> Group:
    """Add a 党小组 to a branch. Raises PermissionDenied, ValidationError."""
    require_any(actor, (Right.KEEP_REGISTER, *ARRANGERS), organisation)
    group = Group(organisation=organisation, name=name, since=since, position=position)
    group.full_clean()
    group.save()
    record(group, "found", actor=actor)
    return group
