"""How many rows stand at each step, and how many wait between two: each number opens the rows it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appraisals.models import Opinion, Round
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.overview import named
from branches.rights import Right
from branches.tree import STEP, under, which_of
from rectification.problems.kinds import Whose
from rectification.problems.models import Problem
from rectification.problems.states import ProblemState

ASKED = ProblemState.CLOSING_REQUESTED
ROWS = 500  # organisations printed at once; more open by their superior


@dataclass(frozen=True, slots=True)
class Station:
    """One number of the picture, standing at a step or waiting between two: in which list its rows are, and under which
    condition."""

    code: str
    label: str | Promise
    rows: str
    condition: str
    waits: bool = False


# fmt: off
STATIONS = (
    Station("heard",      _("Opinions"),            "opinion_list", "counted=yes"),
    Station("unsorted",   _("To be sorted"),        "opinion_list", f"state={Opinion.State.RECEIVED}", waits=True),
    Station("found",      pgettext_lazy("chain", "Problems"),     "problem_list", "counted=yes"),
    Station("unmeasured", _("Without a measure"),   "problem_list", "step=unmeasured", waits=True),
    Station("measured",   pgettext_lazy("chain", "Measures"),     "problem_list", "step=measured"),
    Station("late",       _("Overdue"),             "problem_list", "sign=late", waits=True),
    Station("requested",  _("Closing requested"),   "problem_list", f"state={ASKED}", waits=True),
    Station("closed",     pgettext_lazy("chain", "Closed"),       "problem_list", f"state={ProblemState.CLOSED}"),
    Station("untold",     _("Not told yet"),        "problem_list", "step=untold", waits=True),
    Station("told",       pgettext_lazy("chain", "Told"),         "problem_list", "step=told"),
)
# fmt: on
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A station with its number at one place."""

    station: Station
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation right below, all of its subtree counted."""

    name: str
    url: str
    marks: Sequence[Mark]


class Picture:
    """The chain of one organisation in a round, with those right below it as rows, in set order and never by how far
    they are (F26). Opens at the topmost place this person oversees or serves. Raises Http404 where he does neither."""

    stations = STATIONS

    def __init__(self, request: AuthedRequest) -> None:
        self.user = request.user
        self.place = named(request) or self._begin()
        if not any(self.user.may(right, self.place) for right in (Right.OVERSEE, Right.READ_BRANCH)):
            raise Http404
        rows = Round.objects.visible_to(self.user)
        self.offered = list(rows.order_by("-year", "-pk")[:20])
        key = request.GET.get("round", "")
        self.round = next((row for row in self.offered if str(row.pk) == key), None) or next(iter(self.offered), None)

    def _begin(self) -> Organisation:
        reach = self.user.reach
        paths = reach.oversight_paths(Right.OVERSEE) or reach.office_paths(Right.READ_BRANCH)
        return get_object_or_404(Organisation.objects.visible_to(self.user), path=min(paths, default=""))

    @property
    def whole(self) -> list[Mark]:
        """The numbers of the place itself: those of its rows added up."""
        total = {one.code: sum(counts.get(one.code, 0) for counts in self._counts.values()) for one in STATIONS}
        return self._marks(self.place, total)

    @property
    def rows(self) -> list[Row]:
        """One an organisation right below; none of a branch."""
        here = f"{reverse('problem_chain')}?round={self.round.pk if self.round else ''}&under="
        below = self._below if self.place.kind != Kind.BRANCH else []
        return [Row(row.label, f"{here}{row.pk}", self._marks(row, self._counts.get(row.path, {}))) for row in below]

    @cached_property
    def _below(self) -> list[Organisation]:
        if self.place.kind == Kind.BRANCH:
            return [self.place]
        rows = Organisation.objects.visible_to(self.user).filter(under(self.place.path), depth=self.place.depth + 1)
        return list(rows.order_by("path")[:ROWS])

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        """By the path of an organisation the number at each station. Two queries, however many rows and branches."""
        paths = [row.path for row in self._below]
        if self.round is None or not paths:
            return {}
        found: dict[str, dict[str, int]] = {path: {} for path in paths}
        for rows, counted in ((self._opinions(), OPINIONS), (self._problems(), PROBLEMS)):
            inside = rows.filter(under(self.place.path, "organisation__path"), round=self.round).order_by()
            numbers = inside.annotate(head=which_of(paths, "organisation__path")).values("head").annotate(**counted)
            for one in numbers.exclude(head=None):
                found[one.pop("head")] |= one
        return found

    def _opinions(self) -> Any:
        return Opinion.objects.visible_to(self.user)

    def _problems(self) -> Any:
        today = self.user.reach.day
        return Problem.objects.visible_to(self.user).in_figures().with_signs(today, today).with_steps()

    def _marks(self, place: Organisation, counts: Counts) -> list[Mark]:
        at = f"place={place.pk}&round={self.round.pk if self.round else ''}"
        return [
            Mark(one, counts.get(one.code, 0), f"{reverse(one.rows)}?{at}&{one.condition}") for one in STATIONS
        ]  # fmt: skip

    @property
    def is_of_branch(self) -> bool:
        return self.place.kind == Kind.BRANCH

    @property
    def above(self) -> str:
        """The path of the organisation above, empty at the top."""
        return self.place.path[:-STEP]


def reads_chain(user: Any) -> bool:
    """True for whoever oversees or serves something. Without a query."""
    return any(user.may(right, None) for right in (Right.OVERSEE, Right.READ_BRANCH))


OPINIONS = {
    "heard": Count("pk", filter=Q(state__in=[Opinion.State.RECEIVED, Opinion.State.SORTED])),
    "unsorted": Count("pk", filter=Q(state=Opinion.State.RECEIVED)),
}
_CLOSED = Q(state=ProblemState.CLOSED)
PROBLEMS = {
    "found": Count("pk"),
    "unmeasured": Count("pk", filter=Q(has_measures=False) & ~_CLOSED),
    "measured": Count("pk", filter=Q(has_measures=True)),
    "late": Count("pk", filter=Q(late=True)),
    "requested": Count("pk", filter=Q(state=ProblemState.CLOSING_REQUESTED)),
    "closed": Count("pk", filter=_CLOSED),
    "untold": Count("pk", filter=_CLOSED & Q(is_told=False) & ~Q(whose=Whose.MEMBER)),
    "told": Count("pk", filter=Q(is_told=True)),
}
