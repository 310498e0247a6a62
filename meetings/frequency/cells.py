"""What one place of the board says: pure, from the facts of a branch. No place is better than another: a form is held
or not, or it is not asked, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from meetings.frequency.table import FREQUENCIES, Frequency
from meetings.kinds import Form
from meetings.plans.periods import Period, periods


class Standing(StrEnum):
    """HELD at least once · LACKING: the period is over · OPEN: it runs, nothing is held yet · AHEAD: it has not begun
    · FREE: not asked of this branch."""

    HELD = "held"
    LACKING = "lacking"
    OPEN = "open"
    AHEAD = "ahead"
    FREE = "free"


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; what it concerns: a group by key and name, a form with a reason."""

    since: date
    until: date | None = None
    key: int | None = None
    what: str = ""
    why: str = ""

    def covers(self, period: Period) -> bool:
        """True if it holds on every day of the period."""
        return self.since <= period.first and (self.until is None or self.until >= period.last)

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True)
class Facts:
    """A branch in one year: when it existed, whether its kind is asked at all, posts of its committee beside secretary
    and deputy, groups, exemptions, forms whose rule is not applied, and meetings by (form, group, month)."""

    life: Span
    is_asked: bool = True
    committee: tuple[Span, ...] = ()
    group_spans: tuple[Span, ...] = ()
    exempt_spans: tuple[Span, ...] = ()
    off: frozenset[str] = frozenset()
    held: Mapping[tuple[str, int | None, int], int] = field(default_factory=dict)
    keeps_paper: bool = False


@dataclass(frozen=True)
class Cell:
    """One form, by the branch or one group, in one period."""

    frequency: Frequency
    period: Period
    standing: Standing
    count: int
    group: Span | None = None
    why: str = ""

    @property
    def form(self) -> Form:
        return self.frequency.form

    @property
    def words(self) -> str:
        """“2026, quarter 1: General meeting”, with the group."""
        told = {"period": self.period, "form": self.form.label, "group": self.group.what if self.group else ""}
        return (_("%(period)s: %(form)s (%(group)s)") if self.group else _("%(period)s: %(form)s")) % told


def cell(facts: Facts, frequency: Frequency, period: Period, today: date, group: Span | None = None) -> Cell:
    """What the board says there on that day."""
    count = _count(facts, frequency.form, period, group)
    why = _free(facts, frequency, period, today, group)
    return Cell(frequency, period, _standing(count, bool(why), period, today), count, group, "" if count else why)


def board(facts: Facts, year: int, today: date) -> Iterator[tuple[Frequency, Span | None, list[Cell]]]:
    """The rows of the board: each form, that of groups once a group, with its places in order."""
    for frequency in FREQUENCIES:
        for group in facts.group_spans if frequency.asks == "groups" else (None,):
            yield frequency, group, [cell(facts, frequency, p, today, group) for p in periods(year, frequency.period)]


def lacking(facts: Facts, year: int, today: date) -> list[Cell]:
    """The places where a period is over and nothing was held, in the order of the board."""
    rows = (cells for _frequency, _group, cells in board(facts, year, today))
    return [one for cells in rows for one in cells if one.standing == Standing.LACKING]


def _count(facts: Facts, form: Form, period: Period, group: Span | None) -> int:
    key = group.key if group else None
    months = range(period.first.month, period.last.month + 1)
    return sum(facts.held.get((form, key, month), 0) for month in months)


def _free(facts: Facts, frequency: Frequency, period: Period, today: date, group: Span | None) -> str:
    """Why nothing is asked there, in words; empty where it is."""
    if not facts.is_asked:
        return _("This kind of branch has no fixed frequency.")
    if not facts.life.covers(period):
        return _("The branch did not exist for the whole period.")
    if frequency.form in facts.off:
        return _("The rule is not applied here.")
    for exemption in facts.exempt_spans:
        if exemption.what == frequency.form and exemption.covers(period):
            return _("Exempted by the superior: %s") % exemption.why
    day = min(period.last, today)
    if frequency.asks == "committee" and not any(post.holds(day) for post in facts.committee):
        return _("The branch has no committee.")
    if group and not group.covers(period):
        return _("The group did not exist for the whole period.")
    return ""


def _standing(count: int, is_free: bool, period: Period, today: date) -> Standing:
    if count:
        return Standing.HELD
    if is_free:
        return Standing.FREE
    if period.last < today:
        return Standing.LACKING
    return Standing.OPEN if period.first <= today else Standing.AHEAD
