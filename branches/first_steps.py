"""What the officer of a new site does first, worked out from the rows: gone once all of it is done."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.capabilities import CAPABILITIES
from branches.models import Activation, Grant, Organisation, Relation, User
from branches.models.organisations import Mode
from branches.rights import Office, Right
from shell.asked import asked

COUNTED = [kind for kind, capability in CAPABILITIES.items() if capability.is_counted]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and where."""

    label: str | Promise
    url: str
    is_done: bool


def first_steps(user: User) -> list[Step]:
    """The steps of whoever arranges organisations, in order; none when all are done, and done for each branch."""
    paths = user.reach.oversight_paths(Right.ARRANGE)
    if not paths:
        return []
    organisations = asked(Organisation).visible_to(user)
    branches = organisations.branches().open().filter(branch_kind__in=COUNTED)
    people = asked(Relation).visible_to(user).homes().filter(organisation=OuterRef("pk"))
    slips = asked(Activation).visible_to(user).filter(organisation=OuterRef("pk"))
    reached = Exists(people.filter(member__user__isnull=False)) | Exists(slips) | Q(mode=Mode.PAPER)
    has_branches = branches.exists()
    has_people = has_branches and not branches.filter(~Exists(people)).exists()
    has_account = has_people and not branches.filter(~reached).exists()
    offices = asked(Grant).visible_to(user).filter(office=Office.SECRETARY, revoked_at=None)
    if has_account and (offices.exists() or not branches.exclude(mode=Mode.PAPER).exists()):
        return []
    top = reverse("organisation_detail", args=[organisations.get(path=paths[0]).pk])  # its first button founds
    return [
        Step(_("Add the organisations below yours, down to the branches."), top, has_branches),
        Step(_("Import the roster of each branch, or enter its members by hand."), reverse("roster_list"), has_people),
        Step(_("Print activation slips for secretaries and members."), reverse("slip_list"), has_account),
        Step(
            _("Once a secretary has used his slip, the security administrator gives him his office."),
            reverse("grant_list"),
            False,
        ),
    ]
