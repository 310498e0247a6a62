"""What can be changed about a member or an organisation by hand: one row a change, as data.

A page, its button and its right follow from the row; the action asks the right again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.actions import (
    corrections,
    elections,
    leaving,
    members,
    organisations,
    planned,
    secretaries,
    structure,
    transfers,
)
from branches.capabilities import capability_of
from branches.changes import of_members as m
from branches.changes import of_organisations as o
from branches.changes import preview
from branches.changes.fields import ChangeForm
from branches.grants.waiting import waiting_for_office
from branches.models import Member, Organisation, Relation, User
from branches.models.members import Category, Ending, RelationKind
from branches.models.organisations import Kind
from branches.models.rules import arranger_of, superior_of
from branches.rights import Right


@dataclass(frozen=True)
class Change:
    """`act(row, actor=…, **cleaned_data)` does it. `suits` says of a row whether there is anything to change.

    `is_above`: the right is asked of the superior of the organisation, because it decides about its very place;
    `is_of_root`: of a root at the root itself.
    `affects` names the organisations whose rules are looked at before it is done, from the row, what was typed, and
    what `act` returned. `tell` says of what `act` returned what is still to do. `then`: the page that follows, where
    the row's own may be out of sight afterwards. `shows`: the lines of what it would bring, asked about before it is
    done, because it cannot be taken back with a click.
    """

    name: str
    label: str | Promise
    form: type[ChangeForm]
    act: Callable[..., Any]
    text: str | Promise = ""
    right: Right = Right.KEEP_REGISTER
    suits: Callable[[Any], bool] = lambda row: True
    is_above: bool = False
    is_of_root: bool = False
    then: str = ""
    tell: Callable[[Any], str | Promise] = lambda made: ""
    affects: Callable[[Any, Mapping[str, Any], Any], list[Organisation]] | None = None
    shows: Callable[[Any, Mapping[str, Any], User], list[str]] | None = None


def _counts(row: Organisation) -> bool:
    return row.kind == Kind.BRANCH and capability_of(row.branch_kind).is_counted


def _goes_on(row: Organisation) -> bool:
    return _counts(row) and not row.until


def _is_branch(row: Organisation) -> bool:
    return row.kind == Kind.BRANCH


def _is_guest(row: Any) -> bool:
    return row.kind == RelationKind.TAKING_PART or row.is_guest


def _is_planned(row: Any) -> bool:
    """Ends on a day to come; a transfer is taken back on its own page."""
    return _is_home(row) and bool(row.until) and row.ending != Ending.TRANSFERRED


def _is_home(row: Any) -> bool:
    return row.kind == RelationKind.FORMAL


def _both_superiors(row: Organisation, told: Mapping[str, Any], made: Any) -> list[Organisation]:
    return [superior_of(row), told["parent"]]


_NO_ACCOUNT = _(
    "The new secretary has no account yet. Please print an activation slip (Accounts of members); "
    "your to-dos remind you."
)

# fmt: off
OF_MEMBERS = (
    Change("particulars", _("Correct particulars"), m.CorrectForm, corrections.correct, suits=_is_home,
           text=_("The history says what was corrected, by whom and when, not the old words.")),
    Change("group", _("Change the group"), m.RegroupForm, corrections.regroup, suits=_is_home,
           text=_("The days before keep the old group.")),
    Change("post", _("Name to a post"), m.NameToForm, corrections.name_to, suits=_is_home),
    Change("dismiss", _("Dismiss from a post"), m.DismissForm, corrections.dismiss,
           suits=lambda row: _is_home(row) and row.has_post,
           text=_("The office of a group leader ends with the post. The superior changes the secretary.")),
    Change("standing", _("Change the category"), m.StandingForm, corrections.set_standing, suits=_is_home,
           text=_("The days before keep the old category.")),
    Change("exempt", _("Exempt"), m.ExemptForm, corrections.exempt_here,
           suits=lambda row: _is_home(row) and not row.is_exempt,
           text=_("Who is exempt from organisational life is not among those due to attend.")),
    Change("unexempt", _("End the exemption"), m.EndForm, corrections.end_exemption,
           suits=lambda row: _is_home(row) and row.is_exempt),
    Change("limit", _("Limit the right to vote"), m.PeriodForm, corrections.limit,
           suits=lambda row: _is_home(row) and not row.is_limited and row.category == Category.FORMAL,
           text=_("A period without the right to vote, as by a sanction. Who is under it still attends.")),
    Change("unlimit", _("Restore the right to vote"), m.EndForm, corrections.end_limit,
           suits=lambda row: _is_home(row) and row.is_limited),
    Change("flow", _("Goes elsewhere for a time"), m.FlowForm, leaving.flow_out,
           suits=lambda row: _is_home(row) and not row.is_away,
           text=_("A mobile member stays counted here. In a host branch of this system he takes part.")),
    Change("back", _("Is back"), m.EndForm, leaving.flow_back, suits=lambda row: _is_home(row) and row.is_away,
           text=_("The last day elsewhere.")),
    Change("guest", _("Takes part in another branch"), m.TakePartForm, leaving.take_part, suits=_is_home,
           text=_("As in a temporary or functional branch. The member stays counted here; the keepers there see him.")),
    Change("unguest", _("No longer takes part"), m.StopForm, leaving.stop_taking_part, suits=_is_guest),
    Change("transfer", _("Transfer to another branch"), m.OfferForm, transfers.offer, then="transfer_list",
           suits=lambda row: _is_home(row) and not row.is_leaving and not row.until,
           text=_("Nothing changes until the other branch or its superior takes the member over. Posts and offices "
                  "here end with it; drafts and materials stay with their author.")),
    Change("leave", _("Leaves the register"), m.LeaveForm, leaving.leave, then="member_list",
           suits=lambda row: _is_home(row) and not row.until,
           text=_("For a transfer out of this system, and when a membership ends. Posts and offices end with it. From "
                  "that day on this cannot be undone; whoever returns is entered anew.")),
    Change("unplan", _("Take back what is planned"), ChangeForm, planned.take_back, suits=_is_planned,
           text=_("The member stays in this branch and group as if nothing had been planned. Whatever else was to end "
                  "with that day, as an exemption, still ends then and is entered anew.")),
)
OF_ORGANISATIONS = (
    Change("enter", _("Enter a member"), m.EnterForm, members.enter, suits=_goes_on),
    Change("guest", _("Enter a guest"), m.GuestForm, leaving.enter_guest,
           suits=lambda row: _is_branch(row) and not row.until,
           text=_("Somebody whose formal relation is outside this system. He takes part and enters no total.")),
    Change("group", _("Add a group"), o.FoundGroupForm, lambda row, name, **told: organisations.found_group(
           name, organisation=row, **told), suits=_is_branch),
    Change("ungroup", _("Close a group"), o.CloseGroupForm, organisations.close_group, suits=_is_branch),
    Change("election", _("Record an election"), o.ElectionForm, elections.record_election, suits=_counts,
           text=_("The day on which the branch elected its committee. The term is counted from it; who came to the "
                  "committee since, or left it, changes nothing.")),
    Change("found", _("Found an organisation below"), o.FoundForm, lambda row, name, **told: organisations.found(
           name, parent=row, **told), right=Right.ARRANGE, suits=lambda row: not _is_branch(row)),
    Change("secretary", _("Change the secretary"), o.SecretaryForm, secretaries.change_secretary, right=Right.ARRANGE,
           suits=_counts, is_above=True, shows=preview.of_secretary,
           text=_("The day before is the last one of whoever is secretary now: post and office change hands "
                  "together, and what is open follows the office. Without an account only the post changes "
                  "hands: please print a slip; once it is used, your to-dos lead to giving the office."),
           tell=lambda grant: "" if grant else _NO_ACCOUNT),
    Change("office", _("Give the secretary his office"), o.OfficeForm, secretaries.give_office, right=Right.ARRANGE,
           suits=lambda row: _counts(row) and waiting_for_office(row) is not None, is_above=True),
    Change("founded", _("Correct the day of founding"), o.FoundedForm, organisations.correct_founding,
           right=Right.ARRANGE, is_above=True, is_of_root=True),
    Change("rename", _("Rename"), o.RenameForm, organisations.rename, right=Right.ARRANGE, is_above=True,
           is_of_root=True, text=_("The old name is kept with its days; what happened under it keeps it.")),
    Change("mode", _("Way of working"), o.SettleForm, organisations.settle, right=Right.ARRANGE, is_above=True,
           suits=_is_branch, text=_("Nobody waits for a branch on paper to sign in; its superior enters for it.")),
    Change("place", _("Order in lists"), o.PlaceForm, structure.place, right=Right.ARRANGE, is_above=True),
    Change("move", _("Put below another superior"), o.ReparentForm, structure.reparent, right=Right.ARRANGE,
           is_above=True, suits=lambda row: not row.until, then="organisation_list", affects=_both_superiors,
           shows=preview.of_move,
           text=_("It moves at once with everything below it. Who oversees it changes with the next click.")),
    Change("merge", _("Merge into another branch"), o.MergeForm, structure.merge, right=Right.ARRANGE, is_above=True,
           suits=_goes_on, then="organisation_list", affects=lambda row, told, made: [told["into"]],
           shows=preview.of_merge,
           text=_("All members go there on one day. This branch is closed the day before and stays readable there; its "
                  "groups, posts and offices end.")),
    Change("reopen", _("Take back the closing"), ChangeForm, planned.reopen, right=Right.ARRANGE, is_above=True,
           suits=lambda row: bool(row.until),
           text=_("The merger or dissolution planned for a day to come does not take place: members, posts and offices "
                  "stay as they are. Delegations that were cut short stay so.")),
    Change("split", _("Split a branch off"), o.SplitForm, structure.split, right=Right.ARRANGE, is_above=True,
           suits=_goes_on, affects=lambda row, told, made: [row, made] if made else [row], shows=preview.of_split,
           text=_("A new branch under the same superior, with the members you choose, on one day.")),
    Change("dissolve", _("Dissolve"), o.DissolveForm, structure.dissolve, right=Right.ARRANGE, is_above=True,
           suits=lambda row: not row.until, shows=preview.of_dissolve,
           text=_("Possible once nobody belongs here and nothing below is open. Posts and offices end with it.")),
)
# fmt: on


def named(table: Iterable[Change], name: str) -> Change:
    """The row of that name; Http404 without one."""
    for change in table:
        if change.name == name:
            return change
    raise Http404


def state_of(member: Member, reader: User) -> Any:
    """The relation of today by which the reader may change a member: the one that counts him, else where he takes part.

    Raises PermissionDenied where the reader sees the member by neither.
    """
    row = _state(member, reader)
    if row is None:
        raise PermissionDenied
    return row


def _state(member: Member, reader: User) -> Any:
    rows = Relation.objects.visible_to(reader).filter(member=member).select_related("organisation")
    home = rows.with_state(reader.reach.day).first()
    return home or rows.filter(kind=RelationKind.TAKING_PART).order_by("pk").first()


def offered_for_member(member: Member, reader: User) -> list[Change]:
    """What this reader may change about a member now: the buttons of his page."""
    row = _state(member, reader) if reader.may(Right.KEEP_REGISTER, None) else None
    if row is None:
        return []
    return [change for change in OF_MEMBERS if reader.may(change.right, row) and change.suits(row)]


def offered_for_organisation(organisation: Organisation, reader: User) -> list[Change]:
    """What this reader may change about an organisation now; nothing about a closed one."""
    if organisation.has_ended or not reader.may(Right.KEEP_REGISTER, None):
        return []
    above = None if organisation.is_root() else superior_of(organisation)

    def may(change: Change) -> bool:
        place = (above or (organisation if change.is_of_root else None)) if change.is_above else organisation
        return place is not None and reader.may(change.right, place)

    return [change for change in OF_ORGANISATIONS if may(change) and change.suits(organisation)]


def enters_into(reader: User, within: Organisation | None) -> Organisation | None:
    """The branch into whose register this reader enters members from a list: the one it is narrowed to, else the only
    one he keeps; None where he may enter nobody."""
    paths = reader.reach.office_paths(Right.KEEP_REGISTER)
    place = within or (
        Organisation.objects.visible_to(reader).filter(path__in=paths).first() if len(paths) == 1 else None
    )
    offered = offered_for_organisation(place, reader) if place else []
    return place if any(change.name == "enter" for change in offered) else None


def place_of(change: Change, organisation: Organisation) -> Organisation:
    """Where the right to a change is asked. Raises PermissionDenied for the place of a root."""
    if change.is_of_root:
        return arranger_of(organisation)
    return superior_of(organisation) if change.is_above else organisation
