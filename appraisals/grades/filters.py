"""What the list of gradings can be narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from appraisals.grades.models import Grading
from appraisals.grades.states import GradingState
from appraisals.rounds.filters import YES, rounds_of
from branches.filters import OrganisationFilter, PlaceFilter
from shell.filters import RowFilter


class GradingFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=rounds_of, empty_label=_("All"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=GradingState.choices)
    above = django_filters.ChoiceFilter(label=_("Waiting for the superior"), choices=YES, method="of_above")

    shared = django_filters.ChoiceFilter(
        label=_("At gates"), choices=[("yes", _("Counted by gates"))], method="of_shared", empty_label=_("All")
    )

    class Meta:
        model = Grading
        fields: list[str] = []

    def of_above(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(waiting__gt=0)

    def of_shared(self, rows: Any, name: str, value: str) -> Any:
        return rows.open_to_all()
