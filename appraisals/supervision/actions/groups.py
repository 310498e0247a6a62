"""Naming a supervision group and giving it branches."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.supervision.models import GroupBranch, SupervisionGroup
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import under
from workflow.actions import record
from workflow.actors import Actor


@transaction.atomic
def save_group(group: SupervisionGroup, *, actor: Actor, branches: Collection[int], **facts: Any) -> SupervisionGroup:
    """Name a group, or change it, with its branches by key: what another group had goes over to this one.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.ARRANGE, group.organisation)
    for name, value in facts.items():
        setattr(group, name, value)
    group.full_clean()
    below = Organisation.objects.filter(under(group.organisation.path), kind=Kind.BRANCH, pk__in=branches)
    keys = set(below.values_list("pk", flat=True))
    if keys != set(branches):
        raise ValidationError(_("A group oversees branches below its organisation."))
    is_new = group.pk is None
    group.save()
    GroupBranch.objects.filter(group=group).exclude(organisation__in=keys).delete()
    GroupBranch.objects.filter(organisation__in=keys).update(group=group)
    GroupBranch.objects.bulk_create(
        [GroupBranch(organisation_id=key, group=group) for key in sorted(keys)], ignore_conflicts=True
    )
    record(group, "name_group" if is_new else "change_group", actor=actor, note=f"{group.leader} · {len(keys)}")
    return group


@transaction.atomic
def dissolve_group(group: SupervisionGroup, *, actor: Actor) -> None:
    """Take a group away; its branches are without one. Raises PermissionDenied."""
    actor.require(Right.ARRANGE, group.organisation)
    record(group, "dissolve_group", actor=actor)
    group.delete()
