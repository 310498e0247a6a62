"""What must hold of problems."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import RuleOverride
from branches.models.organisations import Kind
from rectification.problems.clear import CLEAR
from rectification.problems.kinds import Verified, Whose
from rectification.problems.models import Measure, Problem, Recheck
from rectification.problems.states import OWED, ProblemState
from workflow.checking import check, untold


@check("rectification.told", _("The history tells of every problem"))
def told() -> QuerySet[Any]:
    return untold(Problem.objects.all())


@check("rectification.of_branches", _("Problems are those of branches"))
def of_branches() -> QuerySet[Any]:
    return Problem.objects.exclude(organisation__kind=Kind.BRANCH)


@check("rectification.four_clear", _("What is being put right has a measure, somebody responsible and a day (R15)"))
def four_clear() -> QuerySet[Any]:
    """Asked while no superior has set the rule otherwise: where it is lowered, work begins without."""
    if RuleOverride.objects.filter(code=CLEAR.code).exists():
        return Problem.objects.none()
    measured = Exists(Measure.objects.filter(problem=OuterRef("pk")))
    at_work = Problem.objects.filter(state__in=[ProblemState.UNDERWAY, ProblemState.RETURNED])
    return at_work.filter(Q(responsible=None) | Q(due_on=None) | Q(goal="") | ~measured)


@check("rectification.dated", _("A problem has the days of the steps it has made"))
def dated() -> QuerySet[Any]:
    undated = Q(state=ProblemState.CLOSED, closed_on=None)
    undated |= Q(state__in=[ProblemState.CLOSING_REQUESTED, ProblemState.STANDING], requested_on=None)
    return Problem.objects.filter(undated | Q(closed_on__lt=F("found_on")))


@check("rectification.verified", _("Whoever verified a closing was somebody else, and of those who may (R16)"))
def verified() -> QuerySet[Any]:
    closed = Problem.objects.filter(state=ProblemState.CLOSED)
    own = Q(verifier_member__isnull=False, verifier_member=F("responsible"))
    own |= Q(verified_as__in=[Verified.SUPERIOR, Verified.COMMITTEE], verifier__member__isnull=False) & Q(
        verifier__member=F("responsible")
    )
    of_committee = Q(whose=Whose.COMMITTEE) & ~Q(verified_as__in=[Verified.SUPERIOR, Verified.IMPORTED])
    of_branch = Q(whose=Whose.BRANCH, verified_as__in=[Verified.COMMITTEE, Verified.CHECKER])
    return closed.filter(own | of_committee | of_branch)


@check("rectification.followed", _("What has come back is a new problem of the same branch that follows the old one"))
def followed() -> QuerySet[Any]:
    same = Q(follow_up__follows=F("problem"), follow_up__organisation=F("problem__organisation"))
    return Recheck.objects.filter(Q(holds=False) & ~same)


@check("rectification.marked", _("Only what is open is marked as overdue"))
def marked() -> QuerySet[Any]:
    return Problem.objects.filter(late_marked=True).exclude(state__in=OWED)
