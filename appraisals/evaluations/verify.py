"""What must hold of evaluations."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appraisals.evaluations.states import EvaluationState
from appraisals.models import Evaluation, EvaluationScale
from workflow.checking import check


@check("evaluations.of_scale", _("A branch is graded by a word of its round's scale"))
def of_scale() -> Iterator[str]:
    """A line for each (round, word) that is given and not laid down."""
    scales = {scale.round_id: scale.lines for scale in EvaluationScale.objects.all()}
    given = Evaluation.objects.exclude(level="").order_by().values_list("round", "level").distinct()
    yield from (f"appraisals.round:{key} {word}" for key, word in given if word not in scales.get(key, ()))


@check("evaluations.of_branches", _("Evaluations are of branches below the organisation of their round"))
def of_branches() -> QuerySet[Any]:
    inside = Q(organisation__path__startswith=F("round__organisation__path"), organisation__kind="branch")
    return Evaluation.objects.exclude(inside)


@check("evaluations.dated", _("What was fed back to a branch, or taken back, says on which day, and nothing else does"))
def dated() -> QuerySet[Any]:
    undated = Q(state=EvaluationState.DRAFT) ^ Q(given_on=None)
    return Evaluation.objects.filter(undated | ~Q(state=EvaluationState.DRAFT) & Q(taken_back_on__isnull=False))
