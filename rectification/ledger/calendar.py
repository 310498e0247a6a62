"""A month of deadlines: which owed problem is to be put right on which day."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from branches.http import AuthedRequest
from meetings.calendar.month import address_of, month_asked
from meetings.plans.periods import Period, period_of
from rectification.ledger.board import Narrowed
from rectification.problems import signs
from rectification.problems.states import OWED
from shell.formats import joined
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
SHOWN = 4  # of one day; the rest is a link to the ledger
CELL = (
    '<td class="{}"><time datetime="{}"{}><span class="month-full">{}</span>'
    '<span class="month-day" aria-hidden="true">{}</span></time>{}</td>'
)
LINE = '<li><a href="{}"{}>{}</a> <span class="hint">{}</span></li>'


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
        counts = dict(rows.order_by().values_list("due_on").annotate(n=Count("pk")))
        nth = Window(RowNumber(), partition_by=F("due_on"), order_by="pk")
        first = rows.with_signs(today, signs.soon(self.user)).annotate(nth=nth).filter(nth__lte=SHOWN)
        due: dict[date, list[Any]] = defaultdict(list)
        for row in read_light(first.order_by("due_on", "pk"), READS) if counts else ():
            due[row.due_on].append(row)
        self.weeks = [[self._day(on, due[on], counts.get(on, 0), today) for on in week] for week in table]
        self.has_rows = bool(counts)

    def _day(self, on: date, rows: list[Any], count: int, today: date) -> Day:
        opens = self.opens(due_after=on.isoformat(), due_before=on.isoformat(), sign="open")
        return Day(on, rows, count - len(rows), opens, on.month != self.month.number, on == today)

    @property
    def printed(self) -> SafeString:
        """The rows of the table in one piece: a template loop over six weeks costs several times as much."""
        return format_html_join("\n", "<tr>{}</tr>", ((joined(map(_cell, week)),) for week in self.weeks))

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


def _cell(day: Day) -> SafeString:
    lines = [_line(row) for row in day.rows]
    if day.more:
        lines.append(format_html('<li><a href="{}">{}</a></li>', day.url, _("%(n)s more") % {"n": day.more}))
    shown = format_html("<ul>{}</ul>", joined(lines)) if lines else ""
    return format_html(
        CELL,
        day.css,
        day.on,
        format_html(' aria-current="{}"', "date") if day.is_today else "",
        day.on,
        day.on.day,
        shown,
    )


def _line(row: Any) -> SafeString:
    return format_html(
        LINE,
        row.get_absolute_url(),
        format_html(' class="{}"', "overdue") if row.late else "",
        row.short,
        row.organisation.label,
    )
