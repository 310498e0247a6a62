"""The list of meetings to come: its columns, and what it can be narrowed by."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter
from meetings.kinds import Form
from meetings.lists import forms_told
from meetings.models import Meeting
from meetings.states import PLANS, UPCOMING, State
from shell.filters import DateSpanFilter, SearchFilter
from shell.formats import badge, link, moment, state_badge
from shell.lists import Column


class PlanFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["told_theme", "told_place", "organisation__name"])
    organisation = OrganisationFilter()
    form = django_filters.ChoiceFilter(label=_("Form"), choices=Form.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=[(s.value, s.label) for s in State if s in PLANS])
    held = DateSpanFilter(field_name="started_at", label=_("Held"))

    class Meta:
        model = Meeting
        fields: list[str] = []


def _theme(row: Any) -> SafeString:
    return link(row.get_absolute_url(), row.told_theme or _("(no theme yet)"))


def _branch(row: Any) -> SafeString:
    return link(reverse("plan_sheet", args=[row.organisation_id]), row.organisation.label)


def _state(row: Any) -> SafeString:
    is_over = row.state in UPCOMING and row.held_on < timezone.localdate()
    return (
        format_html("{} {}", state_badge(row), badge(_("Not recorded yet"), "waiting")) if is_over else state_badge(row)
    )


PLAN_READS = (
    "started_at", "told_theme", "told_place", "form", "form_name", "other_forms", "state", "organisation__name",
    "organisation__short_name",
)  # fmt: skip
PLAN_COLUMNS = (
    Column("started_at", _("Planned for"), lambda row: moment(row.started_at), sort="started_at", css="nowrap"),
    Column("theme", _("Theme"), _theme, sort="told_theme", css="wide"),
    Column("form", _("Form"), forms_told, sort="form"),
    Column("organisation", _("Branch"), _branch, sort="organisation__path"),
    Column("place", _("Place"), lambda row: row.told_place),
    Column("state", _("State"), _state, sort="state", css="nowrap"),
)
