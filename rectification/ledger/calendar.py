"""A month of deadlines: which owed problem is to be put right on which day."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from branches.http import AuthedRequest
from meetings.calendar.month import address_of, month_asked
from meetings.plans.periods import Period, period_of
from rectification.ledger.board import Narrowed
from rectification.problems import signs
from rectification.problems.states import OWED
from shell.rows import read_light

READS = (
    "text",
    "due_on",
    "late",
    "near",
    "state",
    "organisation__name",
    "organisation__short_name",
    "responsible__name",
)
MOST = 400  # of one month
SHOWN = 4  # of one day; the rest is a link to the ledger


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table; those of the months beside it are `outside`."""

    on: date
    rows: list[Any]
    more: int
    url: str
    is_outside: bool
    is_today: bool

    @property
    def css(self) -> str:
        """How its cell is painted."""
        marks = {"outside": self.is_outside, "today": self.is_today, "free": not self.rows}
        return " ".join(mark for mark, is_so in marks.items() if is_so)


class Month(Narrowed):
    """The deadlines of the month that ?month= asks for."""

    def __init__(self, request: AuthedRequest) -> None:
        super().__init__(request)
        today = self.user.reach.day
        self.month: Period = month_asked(request.GET.get("month", ""), today)
        table = Calendar().monthdatescalendar(self.month.year, self.month.number)
        rows = self.rows.filter(state__in=OWED, due_on__gte=table[0][0], due_on__lte=table[-1][-1])
        rows = rows.with_signs(today, signs.soon(self.user)).order_by("due_on", "pk")
        found = read_light(rows[: MOST + 1], READS)
        self.is_cut = len(found) > MOST
        due: dict[date, list[Any]] = defaultdict(list)
        for row in found[:MOST]:
            due[row.due_on].append(row)
        self.weeks = [[self._day(on, due[on], today) for on in week] for week in table]
        self.has_rows = bool(found)

    def _day(self, on: date, rows: list[Any], today: date) -> Day:
        opens = self.opens(due_after=on.isoformat(), due_before=on.isoformat(), sign="open")
        return Day(on, rows[:SHOWN], max(0, len(rows) - SHOWN), opens, on.month != self.month.number, on == today)

    @property
    def earlier(self) -> str:
        return self._at(self.month.before)

    @property
    def later(self) -> str:
        return self._at(period_of(date.fromordinal(self.month.last.toordinal() + 1), "month"))

    def _at(self, month: Period) -> str:
        given = self.given.copy()
        given["month"] = address_of(month)
        return f"?{given.urlencode()}"
