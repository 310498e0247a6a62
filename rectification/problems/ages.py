"""Ageing: how many days are left, or have gone by, in the steps in which offices tell them (10, 20 and more days)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Mode
from rectification.problems.states import OWED


@dataclass(frozen=True, slots=True)
class Age:
    """One step: from `first` to `last` days left, below nought days gone by; None for no end. `tone` of its number."""

    code: str
    label: str | Promise
    tone: str
    first: int | None
    last: int | None

    @property
    def is_late(self) -> bool:
        return self.last is not None and self.last < 0

    def holds(self, days: int) -> bool:
        """True if so many days left lie in it."""
        return (self.first is None or days >= self.first) and (self.last is None or days <= self.last)


NONE: Final = "none"
AGES: Final = (
    Age("late_more", _("Overdue by more than 20 days"), "alarm", None, -21),
    Age("late20", _("Overdue by 11 to 20 days"), "alarm", -20, -11),
    Age("late10", _("Overdue by up to 10 days"), "alarm", -10, -1),
    Age("10", _("Due in 10 days"), "waiting", 0, 10),
    Age("20", _("Due in 11 to 20 days"), "", 11, 20),
    Age("more", _("Due in more than 20 days"), "", 21, None),
)
LABELS: Final = [*((age.code, age.label, age.tone) for age in AGES), (NONE, _("No day set"), "")]
CHOICES: Final = [(code, words) for code, words, _tone in LABELS]


def of_age(code: str, today: date) -> Q:
    """The condition that a problem is owed and that old; of those gone by not where a branch works on paper (F1).
    Raises StopIteration for a code that is none."""
    if code == NONE:
        return Q(state__in=OWED, due_on=None)
    age = next(age for age in AGES if age.code == code)
    ends = {"gte": age.first, "lte": age.last}
    days: dict[str, Any] = {
        f"due_on__{end}": today + timedelta(number) for end, number in ends.items() if number is not None
    }
    return Q(state__in=OWED, **days, **({"organisation__mode": Mode.ONLINE} if age.is_late else {}))


def age_of(state: str, due_on: date | None, mode: str, today: date) -> str:
    """The same of one problem: its code, "" where it is owed nothing, or late on paper."""
    if state not in OWED:
        return ""
    if due_on is None:
        return NONE
    days = (due_on - today).days
    age = next(age for age in AGES if age.holds(days))
    return "" if age.is_late and mode != Mode.ONLINE else age.code
