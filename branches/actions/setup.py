"""Setting a new site up: the root organisation, the three administrators and the first officer, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.actions import accounts, grants, organisations
from branches.models import Organisation, User
from branches.rights import Office
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor


@dataclass(frozen=True)
class Root:
    """What is told of the root organisation; columns as in Organisation."""

    name: str
    short_name: str
    kind: str
    branch_kind: str
    since: date


@dataclass(frozen=True)
class Person:
    """An account to open."""

    username: str
    name: str
    password: str


@transaction.atomic
def set_up(
    root: Root, administrators: Mapping[str, Person], officer: Person, *, actor: Actor, address: str
) -> Organisation:
    """Found the root and open the accounts: `administrators` by their role, and the first officer with his grant.

    Works once: raises ValidationError where an account exists. Raises PermissionDenied for anybody but SYSTEM.
    """
    actor.require(SYSTEM.RIGHT, None)
    # Of two browsers at once the second waits here and then finds the accounts of the first.
    ContentType.objects.select_for_update().get(app_label="branches", model="user")
    if User.objects.exists():
        raise ValidationError(_("This site has been set up meanwhile."))
    organisation = organisations.found(
        root.name,
        actor=actor,
        kind=root.kind,
        since=root.since,
        branch_kind=root.branch_kind,
        short_name=root.short_name,
    )
    for role, person in administrators.items():
        _open(person, actor, role)
    grants.grant(
        _open(officer, actor), actor=actor, organisation=organisation, office=Office.OFFICER, since=timezone.localdate()
    )
    audit("set_up", actor=actor, subject=organisation, address=address)
    return organisation


def refuse_code(*, actor: Actor, address: str) -> None:
    """Tell of a wrong set-up code: the first auditor shall see it. Raises PermissionDenied."""
    actor.require(SYSTEM.RIGHT, None)
    audit("set_up_refused", actor=actor, address=address)


def _open(person: Person, actor: Actor, admin_role: str = "") -> User:
    return accounts.open_account(
        person.username, actor=actor, name=person.name, password=person.password, admin_role=admin_role
    )
