"""The ledger as a board: how long problems are owed, and the first of each state. What narrows the list narrows it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from branches.http import AuthedRequest
from rectification.problems import signs
from rectification.problems.ages import LABELS, age_of
from rectification.problems.filters import ProblemFilter
from rectification.problems.models import Problem
from rectification.problems.states import ProblemState
from shell.asked import asked
from shell.conditions import narrowed
from shell.formats import joined, link
from shell.rows import read_light

SHOWN = 12  # of each state
LANES = [state for state in ProblemState if state != ProblemState.VOID]
OWN = {"state", "age", "sign", "month", "page", "size", "sort"}  # what the board asks itself
READS = ("text", "due_on", "late", "near", "organisation__name", "organisation__short_name", "responsible__name")


LINE = '<li>{}<span class="hint">{}{}</span></li>\n'


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with the rows it counts."""

    label: Any
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """The first problems of one state, how many there are, and where all of them are."""

    state: ProblemState
    count: int
    url: str
    rows: list[Any]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)

    @property
    def printed(self) -> SafeString:
        """Its rows in one piece: a template loop over all lanes costs several times as much."""
        return joined(map(_line, self.rows))


def _line(row: Any) -> SafeString:
    who = f" · {row.responsible.name}" if row.responsible else ""
    due = format_html(" · {}", signs.due(row)) if row.due_on else ""
    words = f"{row.organisation.label}{who}"
    return format_html(LINE, link(row.get_absolute_url(), row.short), words, due)


class Narrowed:
    """The problems that the conditions of the address leave, as the ledger reads them."""

    def __init__(self, request: AuthedRequest) -> None:
        self.user = request.user
        self.given = QueryDict(mutable=True)
        for name, value in request.GET.items():
            if value and name not in OWN:
                self.given[name] = str(value)
        rows = Problem.objects.visible_to(self.user)  # for the form alone
        self.conditions = ProblemFilter(self.given, queryset=rows, request=request)
        self.is_read = not self.given or self.conditions.is_valid()
        self.rows = asked(Problem).visible_to(self.user)
        if self.given:
            self.rows = narrowed(self.rows, self.conditions)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The conditions as they were read."""
        return self.conditions.form.cleaned_data if self.given and self.is_read else {}

    @property
    def query(self) -> str:
        """The conditions as an address names them, from its question mark on; empty without any."""
        return f"?{words}" if (words := self.given.urlencode()) else ""

    def opens(self, **more: str) -> str:
        """The ledger with these conditions and more."""
        given = self.given.copy()
        for name, value in more.items():
            given[name] = value
        return f"{reverse('problem_list')}?{given.urlencode()}"

    @property
    def told(self) -> list[str]:
        """The conditions in words, as the filter area calls them."""
        return [str(self.conditions.form.fields[name].label) for name, value in self.chosen.items() if value]


class Board(Narrowed):
    """Numbers by days left and by state in one query, and a query a state for its first rows."""

    def __init__(self, request: AuthedRequest) -> None:
        super().__init__(request)
        self._today, self._soon = self.user.reach.day, signs.soon(self.user)
        self._states, self._ages = Counter[str](), Counter[str]()
        by = self.rows.order_by().values_list("state", "due_on", "organisation__mode").annotate(n=Count("pk"))
        for state, due_on, mode, number in by:
            self._states[state] += number
            self._ages[age_of(state, due_on, mode, self._today)] += number

    @property
    def ages(self) -> list[Tile]:
        """Owed problems by the days left, or gone by."""
        return [Tile(label, self._ages[code], self.opens(age=code), tone) for code, label, tone in LABELS]

    @property
    def lanes(self) -> list[Lane]:
        """One a state, the most urgent first."""
        return [self._lane(state) for state in LANES]

    def _lane(self, state: ProblemState) -> Lane:
        order = ("-closed_on", "-pk") if state == ProblemState.CLOSED else ("due_on", "pk")
        rows = self.rows.filter(state=state).with_signs(self._today, self._soon).order_by(*order)[:SHOWN]
        shown = read_light(rows, READS) if self._states[state] else []
        return Lane(state, self._states[state], self.opens(state=str(state)), shown)
