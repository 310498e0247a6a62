"""Ageing: how many days are left, or have gone by, in the steps in which offices tell them (10, 20 and more days)."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Mode
from rectification.problems.states import OWED

TEN, TWENTY = timedelta(10), timedelta(20)
# Code, words, tone of the number. Of those gone by, as of 逾期, not the branches that work on paper (F1).
AGES: Final = (
    ("late_more", _("Overdue by more than 20 days"), "alarm"),
    ("late20", _("Overdue by 11 to 20 days"), "alarm"),
    ("late10", _("Overdue by up to 10 days"), "alarm"),
    ("10", _("Due in 10 days"), "waiting"),
    ("20", _("Due in 11 to 20 days"), ""),
    ("more", _("Due in more than 20 days"), ""),
    ("none", _("No day set"), ""),
)
CHOICES: Final = [(code, words) for code, words, _tone in AGES]


def of_age(code: str, today: date) -> Q:
    """The condition that a problem is owed and that old. Raises KeyError."""
    spans: dict[str, dict[str, Any]] = {
        "late_more": {"due_on__lt": today - TWENTY},
        "late20": {"due_on__gte": today - TWENTY, "due_on__lt": today - TEN},
        "late10": {"due_on__gte": today - TEN, "due_on__lt": today},
        "10": {"due_on__gte": today, "due_on__lte": today + TEN},
        "20": {"due_on__gt": today + TEN, "due_on__lte": today + TWENTY},
        "more": {"due_on__gt": today + TWENTY},
        "none": {"due_on": None},
    }
    late = {"organisation__mode": Mode.ONLINE} if code.startswith("late") else {}
    return Q(state__in=OWED, **spans[code], **late)
