"""What the list of typed totals shows, and what it can be narrowed by."""

from typing import Any

import django_filters
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter, PlaceFilter
from figures.models import TypedTotal
from figures.registry import registered
from figures.states import State
from figures.units import Source
from shell.filters import KeyFilter
from shell.formats import choice, day, link, state_badge
from shell.lists import Column


def _label(row: Any) -> Any:
    return link(row.get_absolute_url(), row.figure.label)


TOTALS = (
    Column("metric", _("Figure"), _label, css="wide"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("value", _("Total"), lambda row: row.told, sort="value", css="num"),
    Column("span", _("Covers"), lambda row: choice(row, "span"), css="nowrap"),
    Column("as_of", _("As of"), lambda row: day(row.as_of), sort="as_of", css="nowrap"),
    Column("source", _("Source"), lambda row: choice(row, "source"), css="nowrap"),
    Column("by", _("Typed by"), lambda row: _("for the branch") if row.is_for_branch else _("the branch")),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)


class TotalFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = KeyFilter(field_name="summary__round_key", widget=HiddenInput)
    year = KeyFilter(field_name="summary__year", widget=HiddenInput)
    counted = django_filters.ChoiceFilter(widget=HiddenInput, choices=[("yes", "")], method="of_counted")
    metric = django_filters.ChoiceFilter(
        label=_("Figure"), choices=lambda: [(metric.code, metric.label) for metric in registered()]
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    source = django_filters.ChoiceFilter(label=_("Source"), choices=Source.choices)

    class Meta:
        model = TypedTotal
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.counted()


def facts(total: TypedTotal) -> list[tuple[str, str]]:
    """What the page of one total prints."""
    told = [
        (_("Branch"), total.organisation.name),
        (_("Figure"), total.figure.label),
        (_("Total"), total.told),
        (_("Covers"), choice(total, "span")),
        (_("As of"), day(total.as_of)),
        (_("Source"), choice(total, "source")),
        (_("Note"), total.note),
        (_("Typed by"), _("for the branch") if total.is_for_branch else _("the branch")),
    ]
    return [(str(label), str(value)) for label, value in told]
