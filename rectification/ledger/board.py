"""The ledger as a board: how long problems are owed, and the first of each state. What narrows the list narrows it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from branches.http import AuthedRequest
from rectification.problems import signs
from rectification.problems.ages import AGES, of_age
from rectification.problems.filters import ProblemFilter
from rectification.problems.models import Problem
from rectification.problems.states import ProblemState

SHOWN = 12  # of each state
COLUMNS = [state for state in ProblemState if state != ProblemState.VOID]
OWN = {"state", "age", "sign", "month", "page", "size", "sort"}  # what the board asks itself


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with the rows it counts."""

    label: Any
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The first problems of one state, how many there are, and where all of them are."""

    state: ProblemState
    count: int
    url: str
    rows: list[Any]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


class Narrowed:
    """The problems that the conditions of the address leave, as the ledger reads them."""

    def __init__(self, request: AuthedRequest) -> None:
        self.user = request.user
        self.given = QueryDict(mutable=True)
        for name, value in request.GET.items():
            if value and name not in OWN:
                self.given[name] = str(value)
        rows = Problem.objects.visible_to(self.user)
        self.conditions = ProblemFilter(self.given, queryset=rows, request=request)
        self.is_read = self.conditions.is_valid()
        self.rows = self.conditions.qs if self.is_read else rows.none()

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
        found = self.conditions.form.cleaned_data if self.is_read else {}
        labels = {name: field.label for name, field in self.conditions.form.fields.items()}
        return [str(labels[name]) for name, value in found.items() if value]


class Board(Narrowed):
    """Numbers by days left and by state in one query, and a query a state for its first rows."""

    def __init__(self, request: AuthedRequest) -> None:
        super().__init__(request)
        today = self.user.reach.day
        asked: dict[str, Any] = {f"age_{code}": Count("pk", filter=of_age(code, today)) for code, *_words in AGES}
        asked |= {f"in_{state}": Count("pk", filter=Q(state=state)) for state in COLUMNS}
        self._numbers: dict[str, int] = self.rows.order_by().aggregate(**asked)
        self._today, self._soon = today, signs.soon(self.user)

    @property
    def ages(self) -> list[Tile]:
        """Owed problems by the days left, or gone by."""
        return [
            Tile(label, self._numbers[f"age_{code}"], self.opens(age=code), tone) for code, label, tone in AGES
        ]  # fmt: skip

    @property
    def columns(self) -> list[Column]:
        """One a state, the most urgent first."""
        return [self._column(state) for state in COLUMNS]

    def _column(self, state: ProblemState) -> Column:
        count = self._numbers[f"in_{state}"]
        rows = self.rows.filter(state=state).select_related("organisation", "responsible")
        newest = ("-closed_on", "-pk") if state == ProblemState.CLOSED else ("due_on", "pk")
        shown = list(rows.with_signs(self._today, self._soon).order_by(*newest)[:SHOWN]) if count else []
        for row in shown:
            row.due = signs.due(row) if row.due_on else ""
        return Column(state, count, self.opens(state=str(state)), shown)
