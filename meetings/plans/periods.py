"""The periods for which meetings are planned and counted: a year, a quarter, a month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from branches.rules.facts import months_later
from meetings.models.meetings import midnight

MONTHS = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, order=True)
class Period:
    """Some months from the first of one on; `number` counts within the year, from 1."""

    year: int
    number: int
    kind: str

    @property
    def months(self) -> int:
        return MONTHS[self.kind]

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * self.months + 1, 1)

    @property
    def last(self) -> date:
        return months_later(self.first, self.months) - timedelta(1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When it begins and when the next one does, in China."""
        return midnight(self.first), midnight(months_later(self.first, self.months))

    @property
    def before(self) -> "Period":
        """The one of the same length before it."""
        return period_of(self.first - timedelta(1), self.kind)

    def day_at(self, share: int) -> date:
        """The day on which so many percent of it are over."""
        return self.first + timedelta(((self.last - self.first).days + 1) * share // 100)

    def __str__(self) -> str:
        told = {"year": self.year, "number": self.number}
        if self.kind == "year":
            return _("%(year)d") % told
        return (_("%(year)d, quarter %(number)d") if self.kind == "quarter" else _("%(year)d, month %(number)d")) % told


def period_of(day: date, kind: str) -> Period:
    """The period of that kind the day lies in."""
    return Period(day.year, (day.month - 1) // MONTHS[kind] + 1, kind)


def periods(year: int, kind: str) -> list[Period]:
    """All of that kind in a year, in order."""
    return [Period(year, number, kind) for number in range(1, 12 // MONTHS[kind] + 1)]
