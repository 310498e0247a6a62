"""What the ledger of problems can be narrowed by; an export rebuilds it from the saved parameters."""

from typing import Any

import django_filters
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appraisals.models import Round
from branches.filters import OrganisationFilter, PlaceFilter
from rectification.gathered.models import CommonProblem
from rectification.problems.ages import CHOICES, of_age
from rectification.problems.kinds import Category, Difficulty, Origin, Priority, Verified, Whose
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
    ("imported", _("Imported as closed")),
]
STEPS = [
    ("unmeasured", _("Without a measure")),
    ("measured", _("With measures")),
    ("untold", _("Closed and not told yet")),
    ("told", pgettext_lazy("chain", "Told")),
]


def rounds_of(user: Any) -> Any:
    return asked(Round).visible_to(user)


def _commons(user: Any) -> Any:
    return CommonProblem.objects.visible_to(user)


class ProblemFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["text", "responsible__name"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=rounds_of, empty_label=_("All"))
    year = KeyFilter(label=_("Year"), min_value=2000, max_value=2199)
    whose = django_filters.ChoiceFilter(label=_("Whose problem"), choices=Whose.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProblemState.choices)
    sign = django_filters.ChoiceFilter(label=_("Deadline"), choices=SIGNS, method="of_sign", empty_label=_("All"))
    age = django_filters.ChoiceFilter(  # from the numbers of the board
        label=_("Days left"), choices=CHOICES, method="of_age", empty_label=_("All"), widget=HiddenInput
    )
    category = django_filters.ChoiceFilter(label=_("Category of problem"), choices=Category.choices)
    origin = django_filters.ChoiceFilter(label=_("Came to light by"), choices=Origin.choices)
    priority = django_filters.ChoiceFilter(label=_("Priority"), choices=Priority.choices)
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    common = KeyFilter(label=_("Common problem"), rows=_commons, min_value=1, widget=HiddenInput)
    due = DateSpanFilter(field_name="due_on", label=_("To be put right by"))
    step = django_filters.ChoiceFilter(label=_("Step"), choices=STEPS, method="of_step", widget=HiddenInput)
    counted = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Counted in figures"))], method="of_counted", widget=HiddenInput
    )

    class Meta:
        model = Problem
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.in_figures()

    def of_step(self, rows: Any, name: str, value: str) -> Any:
        return rows.at_step(value)

    def of_sign(self, rows: Any, name: str, value: str) -> Any:
        user = self.request.user
        today = user.reach.day
        if value == "open":
            return rows.living()
        if value == "marked":
            return rows.filter(state__in=OWED, late_marked=True)
        if value == "imported":
            return rows.filter(state=ProblemState.CLOSED, verified_as=Verified.IMPORTED)
        if value == "late":
            return rows.overdue(today)
        return rows.filter(state__in=OWED, due_on__gte=today, due_on__lte=soon(user))

    def of_age(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(of_age(value, self.request.user.reach.day))
