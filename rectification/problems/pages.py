"""What the pages of problems show."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from appraisals.models import Round
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import under
from meetings.talks.parties import people_on
from rectification.problems import signs
from rectification.problems.clear import remark
from rectification.problems.forms import People, ProblemForm, begun
from rectification.problems.kinds import Whose
from rectification.problems.models import Problem, Recheck
from rectification.problems.origins import Cause, cause_of
from rectification.problems.rules import CHECKERS, LEADERS, WRITERS, is_his, may_enter
from rectification.problems.states import ProblemState
from shell.asked import asked

LIMIT = 50  # branches offered to choose from by name
RELATED = ("organisation", "round", "member", "responsible", "checker", "verifier", "follows", "common__organisation")


def listed(user: User) -> Any:
    """The problems this person reads, each with its signs of today."""
    rows = asked(Problem).visible_to(user)
    return rows.with_signs(user.reach.day, signs.soon(user))


def places(user: User) -> Any:
    """The open branches for which this person writes problems down."""
    here = Q(path__in=user.reach.office_paths(Right.KEEP_REGISTER))
    for path in user.reach.oversight_paths(Right.ENTER_FOR):
        here |= under(path)
    if user.member_id and user.reach.home_path:
        here |= Q(path=user.reach.home_path)
    return Organisation.objects.visible_to(user).filter(here, kind=Kind.BRANCH).open().order_by("path")


def served(user: User) -> int | None:
    """The key of the one branch at which this person holds an office and whose ledger he reads; None for more, or
    none. Without a query."""
    held = user.reach.giving(Right.READ_BRANCH)
    is_one = len({one.organisation_id for one in held}) == 1 and held[0].kind == Kind.BRANCH
    return held[0].organisation_id if is_one and not user.reach.oversight_paths(Right.OVERSEE) else None


def may_write(user: User) -> bool:
    """True if there is a branch for which this person may write a problem down, be it his own. Without a query."""
    return bool(user.member_id and user.reach.home_path) or any(user.may(right, None) for right in WRITERS)


def branch_of(request: AuthedRequest) -> Organisation | None:
    """The branch that ?organisation= names, None where it names none. Raises Http404, PermissionDenied."""
    key = request.GET.get("organisation", "")
    if not (key.isascii() and key.isdecimal()):
        return None
    branch: Organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)
    if not may_write_at(branch, request.user):
        raise PermissionDenied
    if branch.kind != Kind.BRANCH:
        raise Http404
    return branch


def may_write_at(branch: Organisation, user: User) -> bool:
    """True if this person writes down problems of that branch, or at least his own there."""
    return keeps_ledger(branch, user) or may_enter(_own(branch, user), user)


def keeps_ledger(branch: Organisation, user: User) -> bool:
    """True if he writes down those of others too."""
    return any(user.may(right, Problem(organisation=branch)) for right in WRITERS)


def _own(branch: Organisation, user: User) -> Problem:
    return Problem(organisation=branch, whose=Whose.MEMBER, member=user.member, responsible=user.member)


def people_of(branch: Organisation, user: User) -> People:
    """Key and name of the members of a branch today, in the order of its register."""
    return [(key, name) for name, key in people_on(branch, user.reach.day, user).keys.items()]


def form_of(
    request: AuthedRequest, branch: Organisation, problem: Problem | None = None, cause: Cause | None = None
) -> ProblemForm:  # fmt: skip
    """The writing page as posted, or as it begins."""
    user = request.user
    kept = problem.round_id if problem else None
    rounds = Round.objects.visible_to(user)
    rounds = rounds.filter(Q(pk__in=rounds.under_way(branch.path)) | Q(pk=kept)).order_by("-year", "-pk")
    own = None if keeps_ledger(branch, user) else user.member
    begin = begun(problem)
    if problem is None:
        begin |= {"round": rounds.first(), "origin": cause.origin if cause else None}
    given = {} if own is not None else {"people": people_of(branch, user)}
    instance = _copy(problem) if problem else Problem(organisation=branch)
    data = request.POST if request.method == "POST" else None
    return ProblemForm(data, rounds=rounds, own=own, instance=instance, initial=begin, **{"people": [], **given})


def _copy(problem: Problem) -> Problem:
    """The row as the form fills it: what the form refuses is not to change the row that the page speaks of."""
    return Problem(**{field.attname: getattr(problem, field.attname) for field in Problem._meta.concrete_fields})


def shown(problem: Problem, user: User) -> dict[str, Any]:
    """The page of one problem."""
    is_writer = any(user.may(right, problem) for right in (*WRITERS, Right.OWN))
    leads = any(user.may(right, problem) for right in LEADERS)
    is_done = problem.state in (ProblemState.CLOSED, ProblemState.VOID)
    rows = Problem.objects.visible_to(user)
    found = rows.filter(pk=problem.pk).with_signs(user.reach.day, signs.soon(user)).first()
    return {
        "problem": problem,
        "measures": list(problem.measures.all()),
        "due": signs.due(found) if found else "",
        "cause": cause_of(problem.origin_ref, user) if problem.origin_ref else None,
        "rechecks": list(Recheck.objects.visible_to(user).filter(problem=problem).select_related("follow_up")),
        "lacking": remark(problem) if problem.is_open else None,
        "before": rows.filter(pk=problem.follows_id).first() if problem.follows_id else None,
        "may_release": problem.common is not None and user.may(Right.ARRANGE, problem.common),
        "reads_all": any(user.may(right, problem.organisation) for right in (Right.READ_BRANCH, Right.OVERSEE)),
        "may_edit": is_writer and problem.is_open,
        "may_tell": is_writer and not is_done,
        "may_give": leads and problem.is_open,
        "may_name": leads and not is_done and problem.whose == Whose.MEMBER and problem.is_without_committee,
        "may_recheck": problem.state == ProblemState.CLOSED and may_recheck(problem, user),
        **moving.shown(problem, user),
    }


def come_back(problem: Problem, user: User) -> Problem | None:
    """What follows a problem that was closed and has come back, while it is being put right."""
    return Problem.objects.visible_to(user).living().filter(follows=problem).first()


def may_recheck(problem: Problem, user: User) -> bool:
    """True for whoever looks at it again: who leads or oversees, never who is responsible."""
    return not is_his(problem, user) and any(user.may(right, problem) for right in CHECKERS)
