"""What a list of talks can be narrowed by; an export job rebuilds it from the saved parameters."""

import django_filters
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter, PlaceFilter
from meetings.models import Talk, TalkKind
from meetings.talks.states import State
from shell.filters import DateSpanFilter, SearchFilter


class TalkFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["talkers", "partners", "place"])
    organisation = OrganisationFilter()
    place = PlaceFilter()  # from a number that opens its rows
    kind = django_filters.ChoiceFilter(label=_("Class of talk"), choices=TalkKind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    held = DateSpanFilter(field_name="held_on", label=_("Day of the talk"))

    class Meta:
        model = Talk
        fields: list[str] = []
