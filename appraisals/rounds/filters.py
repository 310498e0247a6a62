"""What the lists of progress, rosters and items to make up can be narrowed by."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.grades.states import GRADED, TOLD
from appraisals.models import MakeupItem, Progress, RosterEntry, Round, Stage
from appraisals.rounds.states import OUT, MakeupState, ProgressState
from branches.filters import OrganisationFilter, PlaceFilter
from branches.models.members import Category
from branches.overview import KEY
from shell.asked import asked
from shell.filters import OfferedFilter, RowFilter, SearchFilter

YES = [("yes", _("Yes"))]


def rounds_of(user: Any) -> Any:
    return asked(Round).visible_to(user)


def stages_of(request: Any) -> list[tuple[str, str]]:
    """The places of the stages of the round that is looked at, else of the longest. One query."""
    stages = asked(Stage).visible_to(request.user).order_by("-position")
    if KEY.fullmatch(key := request.GET.get("round", "")):
        stages = stages.filter(round=int(key))
    last = stages.values_list("position", flat=True).first() or 0
    return [(str(n), str(n)) for n in range(1, last + 1)]


class ProgressFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=rounds_of, empty_label=_("All"))
    position = OfferedFilter(label=_("Stage"), words=stages_of, method="at_position")
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProgressState.choices)
    late = django_filters.ChoiceFilter(label=_("Overdue"), choices=YES, method="of_late")
    paper = django_filters.ChoiceFilter(label=_("To be entered for"), choices=YES, method="on_paper")
    part = django_filters.ChoiceFilter(label=_("Takes part"), choices=YES, method="with_part")

    class Meta:
        model = Progress
        fields: list[str] = []

    def at_position(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(stage__position=int(value))  # of a text no statement would be kept

    def of_late(self, rows: Any, name: str, value: str) -> Any:
        return rows.overdue(timezone.localdate())

    def on_paper(self, rows: Any, name: str, value: str) -> Any:
        return rows.to_enter()

    def with_part(self, rows: Any, name: str, value: str) -> Any:
        return rows.exclude(state__in=OUT)


class RosterFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["member__name", "member__name_pinyin", "member__name_initials"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=rounds_of, empty_label=_("All"))
    category = django_filters.ChoiceFilter(label=_("Category"), choices=Category.choices)
    due = django_filters.ChoiceFilter(
        field_name="is_due", label=_("To be appraised"), choices=[("yes", _("Yes")), ("no", _("No"))], method="of_due"
    )

    graded = django_filters.ChoiceFilter(label=_("Graded"), choices=YES, method="of_graded")
    told = django_filters.ChoiceFilter(label=_("Told of the grade"), choices=YES, method="of_told")

    class Meta:
        model = RosterEntry
        fields: list[str] = []

    def of_due(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(is_due=value == "yes")

    def of_graded(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(graded_as__state__in=GRADED)

    def of_told(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(graded_as__state__in=TOLD)


class MakeupFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["what", "clause"])
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=rounds_of, empty_label=_("All"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=MakeupState.choices)

    class Meta:
        model = MakeupItem
        fields: list[str] = []
