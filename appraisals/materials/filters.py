"""What the list of materials can be narrowed by."""

from typing import Any

import django_filters
from django.forms import HiddenInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.materials.states import MaterialState
from appraisals.models import Material, Round
from branches.filters import OrganisationFilter, PlaceFilter
from shell.asked import asked
from shell.filters import DateSpanFilter, RowFilter, SearchFilter


def _rounds(user: Any) -> Any:
    return asked(Round).visible_to(user)


HANDED = [("all", _("By anybody")), ("leading", _("By members who lead")), ("ordinary", _("By other members"))]


class MaterialFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["author__name", "author__name_pinyin", "author__name_initials"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    state = django_filters.ChoiceFilter(label=_("State"), choices=MaterialState.choices)
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    late = django_filters.ChoiceFilter(
        label=_("Deadline"), choices=[("yes", _("Overdue"))], method="of_late", empty_label=_("All")
    )
    due = DateSpanFilter(field_name="due_on", label=_("Due on"))
    handed = django_filters.ChoiceFilter(  # where a figure by class opens its rows
        label=_("Handed in"), choices=HANDED, widget=HiddenInput, method="handed_in"
    )

    class Meta:
        model = Material
        fields: list[str] = []

    def handed_in(self, rows: Any, name: str, value: str) -> Any:
        """What members have handed in; only by those of one class."""
        rows = rows.exclude(versions_count=0).exclude(author=None)
        return rows if value == "all" else rows.filter(is_leading=value == "leading")

    def of_late(self, rows: Any, name: str, value: str) -> Any:
        return rows.overdue(timezone.localdate())
