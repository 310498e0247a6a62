"""What the pages of the frequency of meetings show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.rights import Right
from branches.rules.sets import InForce
from meetings.frequency.cells import Cell, Facts, Span, Standing, board, lacking
from meetings.frequency.own import own_rows
from meetings.frequency.reading import facts_of, rules_of
from meetings.models import FormExemption
from meetings.plans.pages import branch_of
from meetings.plans.periods import Period
from shell.formats import link
from shell.lists import Column

READERS = (Right.READ_BRANCH, Right.OVERSEE)


@dataclass(frozen=True)
class Place:
    """One place of the board as it is printed: its period in short, how many months wide, its words, and the list of
    what it counts."""

    cell: Cell
    period: str
    width: int
    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """One form, or one group's: its rule as it holds here, and its places."""

    label: str
    held: InForce
    places: list[Place]


def read_by(request: AuthedRequest, pk: int) -> Organisation:
    """The branch, for whoever holds an office there or oversees it. Raises Http404, PermissionDenied."""
    branch = branch_of(request, pk)
    if not any(request.user.may(right, branch) for right in READERS):
        raise PermissionDenied
    return branch


def board_of(branch: Organisation, year: int, user: User) -> dict[str, Any]:
    """The board of one branch: form × month, quarter or year, with what is lacking in words."""
    today = user.reach.day
    facts = facts_of([branch], year, user)[branch.pk]
    rules = rules_of([branch], year)[branch.pk]
    rows = [
        Row(_label(frequency.form.label, group), rules[frequency.form], [_place(one, branch, facts) for one in cells])
        for frequency, group, cells in board(facts, year, today)
    ]
    exemptions = FormExemption.objects.visible_to(user).filter(organisation=branch)
    places = [place for row in rows for place in row.places]
    return {
        "organisation": branch,
        "year": year,
        "years": (year - 1, year, year + 1),
        "months": range(1, 13),
        "rows": rows,
        "lacking": list(_by_form([place.cell for place in places if place.cell.standing == Standing.LACKING])),
        "reasons": list(dict.fromkeys((place.cell.form.label, place.cell.why) for place in places if place.cell.why)),
        "keeps_paper": facts.keeps_paper,
        "own_rows": own_rows(branch, year, user),
        "exemptions": exemptions.order_by("-since", "-pk"),
        "may_exempt": user.may(Right.ARRANGE, branch),
    }


def lacking_of(branches: Sequence[Organisation], year: int, today: date, user: User) -> dict[int, list[Cell]]:
    """By key of the branch what it lacks in that year up to that day: the figures other rooms may show, in as many
    queries for many branches as for one."""
    return {key: lacking(facts, year, today) for key, facts in facts_of(branches, year, user).items()}


def columns(year: int, told: dict[int, tuple[Facts, list[Cell]]]) -> tuple[Column, ...]:
    """The table of branches; `told` is filled once the page is known."""

    def branch(row: Organisation) -> SafeString:
        return link(f"{reverse('frequency_board', args=[row.pk])}?year={year}", row.label)

    def missing(row: Organisation) -> str:
        facts, cells = told[row.pk]
        if not cells:
            return ""
        words = _("; ").join(_by_form(cells))
        return (_("Not registered in the system: %s") if facts.keeps_paper else _("Not held: %s")) % words

    return (
        Column("path", gettext_lazy("Branch"), branch, css="nowrap"),
        Column("missing", gettext_lazy("What is missing"), missing, css="wide"),
    )


def told_of(branches: Sequence[Organisation], year: int, user: User) -> dict[int, tuple[Facts, list[Cell]]]:
    """What `columns` prints of these branches."""
    found = facts_of(branches, year, user)
    return {key: (facts, lacking(facts, year, user.reach.day)) for key, facts in found.items()}


def _by_form(cells: Sequence[Cell]) -> Iterator[str]:
    """What is missing, a phrase for each form and group with its periods."""
    found: dict[str, list[Period]] = {}
    for one in cells:
        found.setdefault(_label(one.form.label, one.group), []).append(one.period)
    return (f"{label} {'、'.join(_runs(periods))}" for label, periods in found.items())


def _runs(periods: Sequence[Period]) -> Iterator[str]:
    """Periods of one year, those that follow each other in one word: 1月、3—9月."""
    words = {"month": _("Months %(first)d–%(last)d"), "quarter": _("Quarters %(first)d–%(last)d")}
    for _run, places in groupby(enumerate(periods), key=lambda place: place[1].number - place[0]):
        first, *others = [period for _place, period in places]
        if others:
            yield words[first.kind] % {"first": first.number, "last": others[-1].number}
        else:
            yield _short(first)


def _label(form: Any, group: Span | None) -> str:
    return f"{form} · {group.what}" if group else str(form)


def _place(cell: Cell, branch: Organisation, facts: Facts) -> Place:
    url = _list_of(cell, branch) if cell.count else ""
    return Place(cell, _short(cell.period), cell.period.months, _words(cell, facts.keeps_paper), url)


def _short(period: Period) -> str:
    """Its name within the year."""
    words = {"month": _("Month %(number)d"), "quarter": _("Quarter %(number)d"), "year": _("Whole year")}
    return words[period.kind] % {"number": period.number}


def _words(cell: Cell, keeps_paper: bool) -> str:
    words = {
        Standing.HELD: _("%d held") % cell.count,
        Standing.LACKING: _("not registered in the system") if keeps_paper else _("not held"),
        Standing.OPEN: _("not yet"),
        Standing.FREE: _("not asked"),
    }
    return words.get(cell.standing, "")


def _list_of(cell: Cell, branch: Organisation) -> str:
    """The list of exactly the meetings that a place counts."""
    asked = {
        "place": str(branch.pk), "form": str(cell.form), "state": "held",
        "held_after": cell.period.first.isoformat(), "held_before": cell.period.last.isoformat(),
    }  # fmt: skip
    if cell.group:
        asked["group"] = str(cell.group.key)
    return f"{reverse('meeting_list')}?{urlencode(asked)}"
