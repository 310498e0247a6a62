"""What the branches of a round can be narrowed by on the page of their evaluations."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from appraisals.evaluations.states import EvaluationState
from appraisals.models import Evaluation, EvaluationScale
from branches.filters import OrganisationFilter, PlaceFilter
from branches.models import Organisation
from shell.filters import OfferedFilter

NOT_YET, WITHOUT = "none", "blank"  # in an address; words of the scale stand there by their place in it
NOT_YET_LABEL, WITHOUT_LABEL = _("Not evaluated"), _("Without a grade")


def scale_of(round_key: Any, user: Any) -> list[str]:
    """The words of the scale of a round this person sees; none where it has none."""
    scale = EvaluationScale.objects.visible_to(user).filter(round=round_key).first()
    return scale.lines if scale else []


def offered(scale: list[str]) -> dict[str, tuple[str | None, Any]]:
    """By the word of an address: what a branch is graded as, and how a page calls it; 未评 last."""
    words: dict[str, tuple[str | None, Any]] = {str(n): (word, word) for n, word in enumerate(scale, 1)}
    return {**words, WITHOUT: ("", WITHOUT_LABEL), NOT_YET: (None, NOT_YET_LABEL)}


def _round_key(request: Any) -> int:
    return request.resolver_match.kwargs["pk"]


def _offered(request: Any) -> dict[str, tuple[str | None, Any]]:
    return offered(scale_of(_round_key(request), request.user))


def words_of(request: Any) -> list[tuple[str, Any]]:
    """What the branches of the round on the page may be graded as."""
    return [(key, label) for key, (_word, label) in _offered(request).items()]


class EvaluationFilter(django_filters.FilterSet):
    """Of branches with their `graded` (pages.branches_of)."""

    organisation = OrganisationFilter(path="path")
    place = PlaceFilter(path="path")
    level = OfferedFilter(label=_("Grade of the branch"), words=words_of, method="of_level")
    state = django_filters.ChoiceFilter(label=_("State"), choices=EvaluationState.choices, method="in_state")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def of_level(self, rows: Any, name: str, value: str) -> Any:
        word, _label = _offered(self.request)[value]
        return rows.filter(graded__isnull=True) if word is None else rows.filter(graded=word)

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        found = Evaluation.objects.visible_to(self.request.user).filter(
            round=_round_key(self.request), organisation=OuterRef("pk"), state=value
        )
        return rows.filter(Exists(found))
