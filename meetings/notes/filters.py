"""What a list of checks of study notes can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter, PlaceFilter
from meetings.models import NotesCheck
from meetings.notes.states import State
from shell.filters import DateSpanFilter, SearchFilter


class NotesFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["subject"])
    organisation = OrganisationFilter()
    place = PlaceFilter()  # from the page of a branch
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    checked = DateSpanFilter(field_name="checked_on", label=_("Day of the check"))

    class Meta:
        model = NotesCheck
        fields: list[str] = []
