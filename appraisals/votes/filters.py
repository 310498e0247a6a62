"""What the list of votes can be narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round, Vote
from appraisals.votes.models import Way
from appraisals.votes.states import VoteState
from branches.filters import OrganisationFilter, PlaceFilter
from shell.asked import asked
from shell.filters import DateSpanFilter, RowFilter


def _rounds(user: Any) -> Any:
    return asked(Round).visible_to(user)


class VoteFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    way = django_filters.ChoiceFilter(label=_("Way of the ballot"), choices=Way.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=VoteState.choices)
    held = DateSpanFilter(field_name="held_on", label=_("Day of the vote"))

    class Meta:
        model = Vote
        fields: list[str] = []
