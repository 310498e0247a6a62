"""One month as a table of weeks, with the meetings this person may see."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from branches.models import Organisation, User
from meetings.lists import forms_told
from meetings.models import Meeting
from meetings.models.attendance import took_part
from meetings.plans.periods import Period, period_of
from meetings.states import State
from shell.asked import asked
from shell.formats import choice, moment
from shell.rows import read_light

READS = ("started_at", "told_theme", "told_place", "form", "form_name", "other_forms", "state", "group__name")
CELL = (
    '<td class="{}"><time datetime="{}"{}><span class="month-full">{}</span>'
    '<span class="month-day" aria-hidden="true">{}</span></time>{}</td>'
)
LINE = '<li><a href="{}">{}{}</a> <span class="hint">{}</span></li>'
MOST = 300  # of one month; no branch holds as many


@dataclass(frozen=True)
class Day:
    """One day of the table; those of the months beside it are `outside`."""

    on: date
    held: list[Any]
    is_outside: bool
    is_today: bool


def month_asked(words: str, today: date) -> Period:
    """The month “2026-11” asks for; the present one where it cannot be read or lies beyond the years of this system."""
    year, _dash, month = words.partition("-")
    if len(words) == 7 and f"{year}{month}".isdecimal() and 1950 <= int(year) <= 2200 and 1 <= int(month) <= 12:
        return Period(int(year), int(month), "month")
    return period_of(today, "month")


def address_of(month: Period) -> str:
    """The word by which an address asks for the month."""
    return f"{month.year}-{month.number:02}"


def weeks(month: Period, rows: list[Any], today: date) -> list[list[Day]]:
    """The month's weeks from Monday to Sunday, each day with its meetings in the order of their times."""
    held: dict[date, list[Any]] = defaultdict(list)
    for row in rows:
        held[row.held_on].append(row)
    table = Calendar().monthdatescalendar(month.year, month.number)
    return [[Day(on, held[on], on.month != month.number, on == today) for on in week] for week in table]


def meetings_of(user: User, month: Period, branch: Organisation | None) -> list[Any]:
    """What this person may see of the month: of `branch`, or, without one, of where he belongs, serves or took part."""
    rows = asked(Meeting).visible_to(user).as_told_to(user).exclude(state=State.VOID)
    begin, end = month.moments
    rows = rows.filter(started_at__gte=begin, started_at__lt=end)
    rows = rows.filter(organisation=branch.pk) if branch else rows.filter(_own(rows, user))
    return read_light(rows.order_by("started_at", "pk")[:MOST], READS)


def printed(table: list[list[Day]]) -> SafeString:
    """The rows of the table in one piece: a template loop over six weeks costs several times as much."""
    return format_html_join(
        "\n", "<tr>{}</tr>", ((format_html_join("", "{}", zip(map(_cell, week))),) for week in table)
    )


def _cell(day: Day) -> SafeString:
    marks = {"outside": day.is_outside, "today": day.is_today, "free": not day.held}
    css = " ".join(mark for mark, is_so in marks.items() if is_so)
    now = format_html(' aria-current="{}"', "date") if day.is_today else ""
    lines = format_html_join("", "{}", zip(map(_line, day.held)))
    return format_html(CELL, css, day.on, now, day.on, day.on.day, format_html("<ul>{}</ul>", lines) if lines else "")


def _line(row: Any) -> SafeString:
    """One meeting; of one that is being written a superior reads neither hour nor place."""
    hour = "" if row.told_theme is None else moment(row.started_at)[11:]
    form = " · ".join(filter(None, (forms_told(row), row.group and row.group.name)))
    place = format_html('<span class="month-place"> · {}</span>', row.told_place) if row.told_place else ""
    return format_html(LINE, row.get_absolute_url(), f"{hour} {form}".strip(), place, choice(row, "state"))


def _own(rows: Any, user: User) -> Q:
    own: Q = rows.of_home(user) | rows.of_office(user) | took_part(user.reach, "pk")
    return own
