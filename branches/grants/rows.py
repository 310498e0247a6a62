"""Accounts with what their pages show beside them: the branch, offices, history."""

from typing import Any

from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.grants.columns import account_badge
from branches.models import Grant, User
from branches.models.dated import holds
from branches.models.members import RelationKind
from shell.formats import moment
from workflow.models import History

MOVES = {"activate": gettext_lazy("Account opened again"), "deactivate": gettext_lazy("Account closed")}


def with_branch_and_grants(users: QuerySet[Any], reader: User) -> QuerySet[Any]:
    """`home_name` is the branch the account's member belongs to today, `held_grants` the grants in force."""
    today = reader.reach.day
    home = Q(holds(today, "member__relations__"), member__relations__kind=RelationKind.FORMAL)
    in_force = Grant.objects.visible_to(reader).in_force(today)
    return users.annotate(
        home=FilteredRelation("member__relations", condition=home), home_name=F("home__organisation__name")
    ).prefetch_related(Prefetch("grants", queryset=in_force, to_attr="held_grants"))


def told(account: User, reader: User) -> dict[str, Any]:
    """What the page of one account tells: facts, the grants in force, what was done to the account."""
    grants = Grant.objects.visible_to(reader).in_force(reader.reach.day).filter(user=account)
    facts = [
        (_("Login name"), account.username),
        (_("Administrator"), account.get_admin_role_display()),
        (_("State"), account_badge(account)),
        (_("Last sign-in"), moment(account.last_login)),
    ]
    history = History.objects.of(account).values("at", "move", "actor_label", "acted_as", "note")
    entries = [{**entry, "label": MOVES.get(entry["move"], entry["move"])} for entry in history]
    held = grants.select_related("organisation", "group").order_by("-since")
    return {"account": account, "facts": facts, "held": held, "entries": entries}
