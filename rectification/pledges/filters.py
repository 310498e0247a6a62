"""What the list of pledges can be narrowed by."""

from typing import Any

import django_filters
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter, PlaceFilter
from rectification.models import Pledge
from rectification.pledges.checklists import Sort
from rectification.pledges.models import PROMISERS
from rectification.pledges.states import PledgeState
from shell.filters import DateSpanFilter, KeyFilter, SearchFilter


class PledgeFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["text", "responsible__name"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    year = KeyFilter(label=_("Year"), min_value=2000, max_value=2199)
    whose = django_filters.ChoiceFilter(label=_("Whose pledge"), choices=[(one.value, one.label) for one in PROMISERS])
    sort_of = django_filters.ChoiceFilter(field_name="sort", label=_("Sort of pledge"), choices=Sort.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=PledgeState.choices)
    due = DateSpanFilter(field_name="due_on", label=_("To be kept by"))
    counted = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Counted in figures"))], method="of_counted", widget=HiddenInput
    )

    class Meta:
        model = Pledge
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.in_figures()
