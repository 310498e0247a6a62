"""What the ledger of problems can be narrowed by; an export rebuilds it from the saved parameters."""

from datetime import timedelta
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round
from branches.filters import OrganisationFilter, PlaceFilter
from rectification.problems.kinds import Category, Difficulty, Origin, Priority, Whose
from rectification.problems.models import Problem
from rectification.problems.signs import soon
from rectification.problems.states import OWED, ProblemState
from shell.asked import asked
from shell.filters import DateSpanFilter, KeyFilter, RowFilter, SearchFilter

SIGNS = [
    ("late", _("Overdue")),
    ("near", _("Due soon")),
    ("open", _("Not closed")),
    ("marked", _("Overdue last night")),
]
# 逾期 n days, as ledgers tell it apart.
AGES = [("10", _("Due in 10 days")), ("20", _("Due in 11 to 20 days")), ("more", _("Due in more than 20 days"))]


def rounds_of(user: Any) -> Any:
    return asked(Round).visible_to(user)


class ProblemFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["text", "goal", "origin_words", "responsible__name", "leader"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=rounds_of, empty_label=_("All"))
    year = KeyFilter(label=_("Year"), min_value=2000, max_value=2199)
    whose = django_filters.ChoiceFilter(label=_("Whose problem"), choices=Whose.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProblemState.choices)
    sign = django_filters.ChoiceFilter(label=_("Deadline"), choices=SIGNS, method="of_sign", empty_label=_("All"))
    age = django_filters.ChoiceFilter(label=_("Days left"), choices=AGES, method="of_age", empty_label=_("All"))
    category = django_filters.ChoiceFilter(label=_("Category of problem"), choices=Category.choices)
    origin = django_filters.ChoiceFilter(label=_("Came to light by"), choices=Origin.choices)
    priority = django_filters.ChoiceFilter(label=_("Priority"), choices=Priority.choices)
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    due = DateSpanFilter(field_name="due_on", label=_("To be put right by"))
    counted = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Counted in figures"))], method="of_counted", empty_label=_("All")
    )

    class Meta:
        model = Problem
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.counted()

    def of_sign(self, rows: Any, name: str, value: str) -> Any:
        user = self.request.user
        today = user.reach.day
        if value == "open":
            return rows.living()
        if value == "marked":
            return rows.filter(state__in=OWED, late_marked=True)
        if value == "late":
            return rows.overdue(today)
        return rows.filter(state__in=OWED, due_on__gte=today, due_on__lte=soon(user))

    def of_age(self, rows: Any, name: str, value: str) -> Any:
        today = self.request.user.reach.day
        ten, twenty = today + timedelta(10), today + timedelta(20)
        span = {"10": {"gte": today, "lte": ten}, "20": {"gt": ten, "lte": twenty}, "more": {"gt": twenty}}[value]
        return rows.filter(state__in=OWED, **{f"due_on__{end}": day for end, day in span.items()})
