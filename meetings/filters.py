"""What a list of meetings, as told to its reader, can be narrowed by; an export job rebuilds it from the saved
parameters."""

import django_filters
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter
from meetings.kinds import Form
from meetings.models import Meeting, MeetingQuerySet
from meetings.states import PLANS, State
from shell.filters import DateSpanFilter, SearchFilter


class MeetingFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["told_theme", "told_place", "organisation__name"])
    organisation = OrganisationFilter()
    form = django_filters.ChoiceFilter(label=_("Form"), choices=Form.choices, method="counting_as")
    state = django_filters.ChoiceFilter(label=_("State"), choices=[(s.value, s.label) for s in State if s not in PLANS])
    held = DateSpanFilter(field_name="started_at", label=_("Held"))

    def counting_as(self, rows: MeetingQuerySet, name: str, form: str) -> MeetingQuerySet:
        """Sittings of this form, also where the record goes by another."""
        return rows.counting_as(form)

    class Meta:
        model = Meeting
        fields: list[str] = []
