"""Queries whose words never change: put into SQL once in the life of a process, then only asked.

For the few that every request asks. Building such a query and putting it into SQL costs several times what the database
takes to answer it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.models import QuerySet


class Prepared:
    """`build(*values)` makes a queryset of values_list(), of columns that come as they are: text, whole numbers.

    `samples` are two lists of values that differ in every place: where the SQL of both differs in its parameters, there
    belongs the value. Raises ValueError where a value decides over the words of the query.
    """

    def __init__(self, build: Callable[..., QuerySet], *samples: tuple[Any, ...]) -> None:
        self._build = build
        self._samples = samples
        self._compiled: dict[str, tuple[str, list[Any], dict[int, int]]] = {}

    def rows(self, *values: Any, using: str = "default") -> list[tuple[Any, ...]]:
        """The rows for `values`, in one query."""
        vendor = connections[using].vendor
        if vendor not in self._compiled:
            self._compiled[vendor] = self._compile(using)
        sql, parameters, places = self._compiled[vendor]
        asked = [_adapted(values[places[n]]) if n in places else value for n, value in enumerate(parameters)]
        with connections[using].cursor() as cursor:
            cursor.execute(sql, asked)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _compile(self, using: str) -> tuple[str, list[Any], dict[int, int]]:
        (one, first), (other, second) = (
            self._build(*sample).using(using).query.get_compiler(using).as_sql() for sample in self._samples
        )
        kept = [[_adapted(value) for value in sample] for sample in self._samples]
        pairs = list(zip(first, second, strict=True))
        places = {
            n: next(p for p, ends in enumerate(zip(*kept, strict=True)) if ends == (_adapted(a), _adapted(b)))
            for n, (a, b) in enumerate(pairs)
            if a != b
        }
        if one != other or set(places.values()) != set(range(len(kept[0]))):
            raise ValueError("a value decides over the words of the query, or is not asked for")
        return one, list(first), places


def _adapted(value: Any) -> Any:
    """Days as text: both databases compare them so."""
    return value.isoformat() if hasattr(value, "isoformat") else value
