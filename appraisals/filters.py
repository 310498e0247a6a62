"""What the list of rounds can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round
from appraisals.states import RoundState
from shell.filters import SearchFilter


class RoundFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["name", "reference"])
    year = django_filters.NumberFilter(label=_("Appraisal year"), min_value=1900, max_value=2199)
    state = django_filters.ChoiceFilter(label=_("State"), choices=RoundState.choices)

    class Meta:
        model = Round
        fields: list[str] = []
