"""The registry behind `manage.py verify`: what must hold over rows that no CHECK of one row can say.

Each room names its checks in its `verify.py`, imported from AppConfig.ready():

    @check("meetings.reasons", _("Whoever was not there has a reason"))
    def reasons() -> QuerySet:
        return Attendance.objects.filter(…)      # the rows that break it

A check reads in sets, never row by row, and writes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import CharField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce, Concat, Lag
from django.utils.functional import Promise

from workflow.models import History

SHOWN = 10  # keys named for each check that found something
FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Check:
    """One invariant: a name, what holds in words, and the rows (or keys in words) that break it."""

    name: str
    told: str | Promise
    find: Callable[[], Iterable[Any]]


@dataclass(frozen=True)
class Finding:
    """What one check found: how many, and the first of them as `app.model:pk`."""

    check: Check
    count: int
    keys: tuple[str, ...]


_checks: dict[str, Check] = {}


def check(name: str, told: str | Promise) -> Callable[[Callable[[], Iterable[Any]]], Callable[[], Iterable[Any]]]:
    """Register the decorated function under `name` (room.what)."""

    def register(find: Callable[[], Iterable[Any]]) -> Callable[[], Iterable[Any]]:
        _checks[name] = Check(name, told, find)
        return find

    return register


def registered() -> list[Check]:
    """All checks, by name."""
    return [_checks[name] for name in sorted(_checks)]


def run(names: Sequence[str] = ()) -> Iterator[Finding]:
    """Make all checks, or those named, one after another. Raises KeyError for a name nobody registered."""
    for one in [_checks[name] for name in names] if names else registered():
        found = one.find()
        if isinstance(found, QuerySet):
            rows = found.order_by("pk")
            keys = tuple(f"{found.model._meta.label_lower}:{pk}" for pk in rows.values_list("pk", flat=True)[:SHOWN])
            yield Finding(one, rows.count() if len(keys) == SHOWN else len(keys), keys)
        else:
            every = [str(key) for key in found]
            yield Finding(one, len(every), tuple(islice(every, SHOWN)))


# --- What several rooms ask --------------------------------------------------------------------------------------
def with_key(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with `history_key`, the name under which the history speaks of it."""
    label = Value(f"{rows.model._meta.label_lower}:")
    return rows.annotate(history_key=Concat(label, Cast("pk", CharField()), output_field=CharField()))


def untold(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `rows` of which the history tells nothing."""
    told = History.objects.filter(subject_key=models.OuterRef("history_key"))
    return with_key(rows).filter(~models.Exists(told))


def overlapping(rows: QuerySet[Any], *of: str) -> QuerySet[Any]:
    """Dated rows that begin before an earlier one of the same `of` has ended.

    In the order of their first days the neighbours tell: where any two overlap, some two neighbours do.
    """
    end = Coalesce("until", Value(FAR), output_field=models.DateField())
    before = Window(Lag(end), partition_by=[F(name) for name in of], order_by=["since", "pk"])
    return rows.annotate(ends_before=before).filter(ends_before__gte=F("since"))


def triggers(table: str) -> set[str]:
    """The names of the triggers in force on a table."""
    if connection.vendor == "postgresql":
        ask = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
    else:
        ask = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(ask, [table])
        return {row[0] for row in cursor.fetchall()}
