"""What the pages of visits show."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from appraisals.models import Round, Visit, VisitLine
from appraisals.supervision.checklists import Checklist
from appraisals.supervision.forms import VisitSheet
from appraisals.supervision.models.visits import Result
from appraisals.supervision.offered import offered
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from shell.asked import asked

LIMIT = 50  # branches offered to choose from by name


def listed(user: User) -> Any:
    """The visits this person reads, each with how many lines fall short."""
    rows = asked(Visit).visible_to(user).select_related("organisation", "round", "visitor")
    lines = asked(VisitLine).filter(visit=OuterRef("pk"), result=Result.SHORT).order_by()
    counted = lines.values("visit").annotate(n=Count("pk")).values("n")
    return rows.annotate(short=Subquery(counted))  # of the rows shown only: a join would count for all of them


def overseen(user: User) -> Any:
    """The open branches this person oversees, in set order."""
    rows = Organisation.objects.visible_to(user)
    return rows.filter(rows.of_oversight(user), kind=Kind.BRANCH).open().order_by("path")


def branch_of(request: AuthedRequest) -> Organisation | None:
    """The branch that ?organisation= names, None where it names none. Raises PermissionDenied for whoever oversees
    nothing, Http404."""
    request.user.require(Right.OVERSEE, None)
    key = request.GET.get("organisation", "")
    if not key.isdecimal():
        return None
    branch: Organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)
    if not request.user.may(Right.OVERSEE, branch):
        raise PermissionDenied
    if branch.kind != Kind.BRANCH:
        raise Http404
    return branch


def choices(request: AuthedRequest, branch: Organisation | None) -> list[Any]:
    """The checklists for that branch; without one the branches to choose from."""
    if branch is None:
        return list(overseen(request.user)[:LIMIT])
    return offered(branch, request.user.reach.day, request.user)


def chosen(request: AuthedRequest, branch: Organisation) -> Checklist | None:
    """The checklist that ?checklist= names, of those offered there. Raises Http404 for one that is not."""
    code = request.GET.get("checklist", "")
    found = {one.code: one for one in offered(branch, request.user.reach.day, request.user)}
    if code and code not in found:
        raise Http404
    return found.get(code)


def sheet_of(
    request: AuthedRequest,
    branch: Organisation,
    checklist: Checklist,
    visit: Visit | None = None,
    corrects: bool = False,
) -> VisitSheet:
    """The writing page as posted, or as it begins."""
    own = visit.round_id if visit is not None else None
    rounds = Round.objects.visible_to(request.user)
    rounds = rounds.filter(Q(pk__in=rounds.under_way(branch.path)) | Q(pk=own)).order_by("-year", "-pk")
    may_ask = request.user.may(Right.ACCEPT, branch)
    data = request.POST if request.method == "POST" else None
    return VisitSheet(data, checklist, rounds=rounds, may_ask=may_ask, visit=visit, corrects=corrects)


def shown(visit: Visit, user: User) -> dict[str, Any]:
    """The page of one visit: what falls short on top, both in set order."""
    rows = VisitLine.objects.visible_to(user).filter(visit=visit).select_related("visit", "item")
    lines = list(rows.order_by("position"))
    may_write = user.may(Right.WRITE_VISIT, visit)
    return {
        "visit": visit,
        "short": [line for line in lines if line.result == Result.SHORT],
        "others": [line for line in lines if line.result != Result.SHORT],
        "later": Visit.objects.visible_to(user).filter(corrects=visit).first(),
        "may_edit": visit.is_draft and may_write,
        "may_correct": visit.is_standing and may_write,
        **moving.shown(visit, user),
    }
