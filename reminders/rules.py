"""Rules of reminding: who is owed a notice on a day. Rooms register theirs from AppConfig.ready().

    rules.register(
        rules.Rule(
            "material_due",
            _("Your material for “%(subject)s” is due on %(due)s."),
            rows=lambda today: Material.objects.owed_until(today + timedelta(settings.REMIND_DAYS_BEFORE_DUE)),
            recipient="author",
            label="round__name",
            url_name="material_detail",
        )
    )

`rows(today)` holds every row that gives cause for a notice on that day, overdue ones as well. It depends on the day
alone and is built once for it. It says when a notice is owed and, because a notice counts only while its row is among
them, also when it stops.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise

LABEL_LENGTH = 200  # no label may be longer


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: to compare labels would be to translate them
class Rule:
    """One rule. `recipient`, `label`, `organisation` and `due_on` are lookups from the row; `url_name` takes its key,
    unless the page is one for all rows.

    `wording` may name %(subject)s (the label) and %(due)s. One notice per row, recipient and due day: a day that
    is moved owes a new notice, and the old one stops. `period` is a lookup that stands for the day in this, where a new
    notice may be owed for the same day. What `is_private` is on the phone list of secretary and officer only, not on
    the clerk's.
    """

    code: str
    wording: str | Promise
    rows: Callable[[date], QuerySet[Any]]
    recipient: str
    label: str
    url_name: str
    organisation: str = "organisation"
    due_on: str = "due_on"
    takes_key: bool = True
    period: str = ""
    is_private: bool = False

    def owed(self, today: date) -> QuerySet[Any]:
        """The rows that give cause on that day, with what a notice needs as `owed_…`. Nobody's rows are left out."""
        return (
            self.rows(today)
            .annotate(
                owed_rule=Value(self.code, CharField()),
                owed_recipient=F(f"{self.recipient}__pk"),
                owed_organisation=F(f"{self.organisation}__pk"),
                owed_label=F(self.label),
                owed_due_on=F(self.due_on),
                owed_period=Cast(self.period or self.due_on, CharField(max_length=20)),
            )
            .filter(owed_recipient__isnull=False)
        )

    def url(self, subject_key: int) -> str:
        """The page of the row a notice speaks of."""
        return reverse(self.url_name, args=[subject_key] if self.takes_key else [])


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Add a rule; registering the same code again replaces it."""
    _rules[rule.code] = rule


def registered() -> list[Rule]:
    return list(_rules.values())


def find(code: str) -> Rule | None:
    """The rule of a notice; None where it is no longer registered."""
    return _rules.get(code)
