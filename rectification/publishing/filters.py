"""What the list of publications can be narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter, PlaceFilter
from rectification.models import Publication
from rectification.publishing.audiences import Audience
from rectification.publishing.states import PublicationState
from shell.filters import DateSpanFilter, SearchFilter


class PublicationFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["title"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    audience = django_filters.ChoiceFilter(label=_("Audience"), choices=Audience.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=PublicationState.choices)
    now = django_filters.ChoiceFilter(
        label=_("On the board"), choices=[("yes", _("Public today"))], method="of_now", empty_label=_("All")
    )
    until = DateSpanFilter(field_name="until", label=_("Public until"))

    class Meta:
        model = Publication
        fields: list[str] = []

    def of_now(self, rows: Any, name: str, value: str) -> Any:
        return rows.public_on(self.request.user.reach.day)
