"""What a list of meetings, as told to its reader, can be narrowed by; an export job rebuilds it from the saved
parameters."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter, PlaceFilter
from branches.models import Group
from meetings.kinds import Form
from meetings.models import Meeting, MeetingQuerySet, OwnForm
from meetings.states import HELD, PLANS, State
from shell.filters import DateSpanFilter, KeyFilter, SearchFilter

STATES = [*((s.value, s.label) for s in State if s not in PLANS), ("held", _("Handed in, returned or filed"))]


def _groups(user: Any) -> Any:
    return Group.objects.visible_to(user)


def _own_forms(user: Any) -> Any:
    return OwnForm.objects.visible_to(user)


class MeetingFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["told_theme", "told_place", "form_name", "organisation__name"])
    organisation = OrganisationFilter()
    form = django_filters.ChoiceFilter(label=_("Form"), choices=Form.choices, method="counting_as")
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    own_form = KeyFilter(label=_("Form laid down"), rows=_own_forms, widget=forms.HiddenInput, method="by_name")
    place = PlaceFilter()  # from a number that opens its rows, as are the group and the form laid down
    group = KeyFilter(label=_("Group"), rows=_groups, widget=forms.HiddenInput)
    appraisal_year = django_filters.NumberFilter(label=_("Appraisal year"), min_value=1900, max_value=2199)
    leaders = django_filters.BooleanFilter(
        label=_("Leaders as ordinary members"),
        method="with_leaders",
        widget=forms.Select(choices=[("", _("All")), ("true", _("Somebody took part"))]),
    )
    late = django_filters.ChoiceFilter(
        field_name="late_entry", label=_("Late entry"), choices=[("1", _("Entered late")), ("0", _("In time"))]
    )
    held = DateSpanFilter(field_name="started_at", label=_("Held"))

    def counting_as(self, rows: MeetingQuerySet, name: str, form: str) -> MeetingQuerySet:
        """Sittings of this form, also where the record goes by another."""
        return rows.counting_as(form)

    def by_name(self, rows: MeetingQuerySet, name: str, key: int) -> MeetingQuerySet:
        """Sittings held under a form laid down by a superior; 0: under none."""
        return rows.filter(own_form=key or None)

    def in_state(self, rows: MeetingQuerySet, name: str, state: str) -> MeetingQuerySet:
        """Records in this state; “held” are all that the frequency of meetings counts."""
        return rows.filter(state__in=HELD if state == "held" else [state])

    def with_leaders(self, rows: MeetingQuerySet, name: str, wanted: bool) -> MeetingQuerySet:
        """Sittings at which members of a superior's committee took part in their own branch."""
        return rows.with_leaders() if wanted else rows

    class Meta:
        model = Meeting
        fields: list[str] = []
