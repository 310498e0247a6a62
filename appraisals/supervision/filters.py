"""What the list of visits can be narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round, SupervisionGroup, Visit
from appraisals.supervision.due import still_due
from appraisals.supervision.models.visits import Manner
from appraisals.supervision.states import VisitState
from branches.filters import OrganisationFilter, PlaceFilter
from shell.asked import asked
from shell.filters import DateSpanFilter, RowFilter


def _rounds(user: Any) -> Any:
    return asked(Round).visible_to(user)


def _groups(user: Any) -> Any:
    return asked(SupervisionGroup).visible_to(user)


class OverseenFilter(django_filters.FilterSet):
    """My branches: of one organisation, of one group, and those that are still due a visit."""

    organisation = OrganisationFilter(path="path")
    group = RowFilter(label=_("Supervision group"), rows=_groups, field_name="overseen_by__group", empty_label=_("All"))
    due = django_filters.ChoiceFilter(
        label=_("Visits due"), choices=[("yes", _("Still due a visit"))], method="of_due", empty_label=_("All")
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def of_due(self, rows: Any, name: str, value: str) -> Any:
        return still_due(rows, self.request.user)


class VisitFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    manner = django_filters.ChoiceFilter(label=_("Manner"), choices=Manner.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=VisitState.choices)
    counted = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Counted in figures"))], method="of_counted", empty_label=_("All")
    )
    visited = DateSpanFilter(field_name="visited_on", label=_("Day of the visit"))

    class Meta:
        model = Visit
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.standing()
