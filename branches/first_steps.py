"""What the officer of a new site does first, worked out from the rows: gone once all of it is done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.models import Activation, Organisation, Relation, User
from branches.rights import Right


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and where."""

    label: str | Promise
    url: str
    is_done: bool


def first_steps(user: User) -> list[Step]:
    """The steps of whoever arranges organisations, in order; none when all are done."""
    paths = user.reach.oversight_paths(Right.ARRANGE)
    if not paths:
        return []
    organisations, people = Organisation.objects.visible_to(user), Relation.objects.visible_to(user).homes()
    has_account = people.filter(member__user__isnull=False).exists() or Activation.objects.visible_to(user).exists()
    has_branches, has_people = organisations.branches().exists(), people.exists()
    if has_branches and has_people and has_account:
        return []
    top = reverse("organisation_detail", args=[organisations.get(path=paths[0]).pk])  # its first button founds
    return [
        Step(_("Add the organisations below yours, down to the branches."), top, has_branches),
        Step(_("Import the roster of each branch, or enter its members by hand."), reverse("roster_list"), has_people),
        Step(_("Print activation slips for secretaries and members."), reverse("slip_list"), has_account),
    ]
