"""What the pages of pledges show."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round, Vote
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.rights import Right
from rectification.models import Pledge, PledgeReview
from rectification.pledges.checklists import Line
from rectification.pledges.forms import PledgeForm
from rectification.pledges.states import PledgeState
from rectification.problems.pages import keeps_ledger, people_of
from rectification.problems.rules import WRITERS
from shell.asked import asked
from shell.formats import choice, day, link, state_badge
from shell.lists import Column

RELATED = ("organisation", "round", "member", "responsible", "vote")
READS = (
    "text", "whose", "sort", "due_on", "state", "published_on", "organisation__name", "organisation__short_name",
    "responsible__name", "member__name",
)  # fmt: skip
COLUMNS = (
    Column("text", _("Pledge"), lambda row: link(row.get_absolute_url(), row.short), css="wide"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("whose", _("Whose pledge"), lambda row: row.member.name if row.member else choice(row, "whose"),
           sort="whose", css="nowrap"),
    Column("sort", _("Sort of pledge"), lambda row: choice(row, "sort"), sort="sort", css="nowrap"),
    Column("due_on", _("To be kept by"), lambda row: day(row.due_on), sort="due_on", css="nowrap"),
    Column("responsible", _("Responsible"), lambda row: row.responsible.name if row.responsible else "", css="nowrap"),
    Column("published_on", _("Published on"), lambda row: day(row.published_on), sort="published_on", css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)  # fmt: skip


def listed(user: User) -> Any:
    """The pledges this person reads."""
    return asked(Pledge).visible_to(user)


def form_of(request: AuthedRequest, branch: Organisation, pledge: Pledge | None = None) -> PledgeForm:
    """The writing page as posted, or as it begins."""
    user = request.user
    rounds = Round.objects.visible_to(user)
    rounds = rounds.filter(Q(pk__in=rounds.under_way(branch.path)) | Q(pk=pledge.round_id if pledge else None))
    own = None if keeps_ledger(branch, user) else user.member
    people = [] if own is not None else people_of(branch, user)
    data = request.POST if request.method == "POST" else None
    instance = _copy(pledge) if pledge else Pledge(organisation=branch)
    initial = {"client_key": pledge.client_key} if pledge else {"round": rounds.order_by("-year", "-pk").first()}
    return PledgeForm(data, rounds=rounds, people=people, own=own, instance=instance, initial=initial)


def _copy(pledge: Pledge) -> Pledge:
    """The row as the form fills it: what the form refuses is not to change the row that the page speaks of."""
    return Pledge(**{field.attname: getattr(pledge, field.attname) for field in Pledge._meta.concrete_fields})


def shown(pledge: Pledge, user: User) -> dict[str, Any]:
    """The page of one pledge, with the looks at it on the way."""
    is_writer = any(user.may(right, pledge) for right in (*WRITERS, Right.OWN))
    reviews = list(PledgeReview.objects.visible_to(user).filter(pledge=pledge).select_related("reviewed_by"))
    vote = Vote.objects.visible_to(user).filter(pk=pledge.vote_id).first() if pledge.vote_id else None
    return {
        "pledge": pledge,
        "reviews": [(row, [(line.label, line in row.met) for line in Line]) for row in reviews],
        "vote": vote,
        "may_edit": is_writer and pledge.may_change,
        "may_review": is_writer and pledge.state == PledgeState.PUBLISHED,
        "may_link": any(user.may(right, pledge) for right in WRITERS),
        **moving.shown(pledge, user),
    }


def votes_of(pledge: Pledge, user: User) -> Any:
    """The votes of its branch that this person sees."""
    return Vote.objects.visible_to(user).standing().filter(organisation=pledge.organisation_id).order_by("-held_on")
