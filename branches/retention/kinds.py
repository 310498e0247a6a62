"""What is kept how long: upper rooms register the kinds of sensitive text they hold from AppConfig.ready().

    kinds.register(
        kinds.Kind(
            "F34-talk", _("Contents of talks"), _("Good advice: …"), 365,
            rows=TalkContent.objects.all, since="talk__held_on", organisation="talk__organisation",
        )
    )

The days are a number of a rule of that code: a superior sets them otherwise for a year. What is kept for good is named
here too, with no days, so that one page tells of everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.rules import table

LEAST, MOST = 30, 3650  # days that a superior may choose


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text. `code` is that of its rule, `clause` says where the days come from; without `days` it is kept.

    `rows()`: every row that still holds such a text. `since` is a lookup to the day from which the days count, and
    `organisation` one to the branch. `destroy(rows)`, an action of the room, removes the text of these rows for good
    and returns how many rows it was; without it the rows themselves are deleted.
    """

    code: str
    name: str | Promise
    clause: str | Promise
    days: int | None = None
    rows: Callable[[], QuerySet[Any]] | None = None
    since: str = ""
    organisation: str = "organisation"
    destroy: Callable[[QuerySet[Any]], int] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind, with its rule where it is destroyed one day; the same code again replaces it."""
    _kinds[kind.code] = kind
    if kind.days is not None:
        days = table.Parameter("days", _("Days kept"), kind.days, LEAST, MOST)
        table.register(table.Rule(kind.code, kind.name, kind.clause, table.Level.LOCAL, table.Severity.REMIND, (days,)))
    return kind


def registered() -> list[Kind]:
    """All kinds in the order in which the rooms named them."""
    return list(_kinds.values())
