"""What must hold of common problems."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.models.organisations import Kind
from rectification.gathered.states import CommonState
from rectification.models import CommonProblem, Problem
from workflow.checking import check


@check("rectification.gathered", _("A common problem gathers problems of branches below its organisation"))
def gathered() -> QuerySet[Any]:
    above = Organisation.objects.filter(pk=OuterRef("common__organisation_id"))
    inside = above.annotate(below=ExpressionWrapper(OuterRef("organisation__path"), CharField())).filter(
        below__startswith=F("path")
    )
    astray = ~Exists(inside) | Q(common__state=CommonState.VOID)
    return Problem.objects.filter(Q(common__isnull=False) & astray)


@check("rectification.common_above", _("Common problems are named above branches"))
def common_above() -> QuerySet[Any]:
    return CommonProblem.objects.filter(organisation__kind=Kind.BRANCH)
