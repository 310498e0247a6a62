"""SQL that is kept: the places of its values, and how rows are made of what it finds (shell.asked)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

USING: Final = "default"
KEPT: Final = (ModelIterable, ValuesListIterable, FlatValuesListIterable)


class Ordinary(Exception):
    """This query has no shape that could be kept."""


class Statement:
    """SQL with the places of its values, and how rows are made of what it finds."""

    compared = 0  # how often it was compared with Django's own

    def __init__(self, rows: Any, marks: Sequence[Any]) -> None:
        compiler = rows.query.get_compiler(USING)
        self.fields = rows._fields  # None for instances
        self.sql, self.parameters, self.places, self.held = "", [], {}, {}
        try:
            self.sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return
        if compiler.has_extra_select or rows._iterable_class not in KEPT:
            raise Ordinary
        self.is_flat = rows._iterable_class is FlatValuesListIterable
        self.parameters = list(parameters)
        marked = [adapted(mark) for mark in marks]
        self.places = {n: marked.index(one) for n, one in enumerate(self.parameters) if one in marked}
        held = {f"%{one}%": n for n, one in enumerate(marked)}  # what a text contains, as LIKE asks for it
        self.held = {n: held[one] for n, one in enumerate(self.parameters) if one in held}
        self.converters = list(compiler.get_converters([column for column, *_rest in compiler.select]).items())
        self.annotations = compiler.annotation_col_map or {}
        if self.fields is None:
            own = compiler.klass_info["select_fields"]
            self.start, self.end = own[0], own[-1] + 1
            self.names = [column.target.attname for column, *_rest in compiler.select[self.start : self.end]]
            self.make = compiler.klass_info["model"].from_db
            self.near = get_related_populators(compiler.klass_info, compiler.select, USING)  # type: ignore[call-arg]

    def compare(self, values: list[Any], rows: Any) -> None:
        """Raise Ordinary unless Django would ask exactly this."""
        self.compared += 1
        try:
            sql, parameters = rows.query.get_compiler(USING).as_sql()
        except EmptyResultSet:
            sql, parameters = "", ()
        if (sql, list(parameters)) != (self.sql, self._filled(values)):
            raise Ordinary

    def rows(self, values: list[Any]) -> Iterator[Any]:
        """The rows for `values`: instances, or tuples where the query names columns, or what the one column holds."""
        if not self.sql:
            return iter(())
        found: Any = fetched(self.sql, self._filled(values))
        if self.converters:
            found = self._converted(found)
        if self.is_flat:
            return (one for (one,) in found)
        return map(self._instance, found) if self.fields is None else iter(found)

    def filled(self, values: list[Any]) -> tuple[str, list[Any]]:
        """The SQL, "" where there can be no rows, and its parameters for `values`."""
        return self.sql, self._filled(values)

    def _filled(self, values: list[Any]) -> list[Any]:
        filled = [*self.parameters]
        for n, place in self.places.items():
            filled[n] = adapted(values[place])
        for n, place in self.held.items():
            filled[n] = f"%{connections[USING].ops.prep_for_like_query(values[place])}%"
        return filled

    def _converted(self, found: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        connection = connections[USING]
        for values in found:
            row = list(values)
            for place, (converters, expression) in self.converters:
                value = row[place]
                for convert in converters:
                    value = convert(value, expression, connection)
                row[place] = value
            yield tuple(row)

    def _instance(self, row: tuple[Any, ...]) -> Any:
        made = self.make(USING, self.names, row[self.start : self.end])
        for one in self.near:
            one.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


def fetched(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Every row of it as the database gives it."""
    with connections[USING].cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def numbers(questions: Sequence[tuple[str, Sequence[Any]]]) -> list[int]:
    """How many rows each of them finds, all asked at once; 0 for one whose SQL is ""."""
    asked = [(sql, parameters) for sql, parameters in questions if sql]
    if not asked:
        return [0] * len(questions)
    counts = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) counted)" for sql, _parameters in asked)
    found = iter(fetched(f"SELECT {counts}", [one for _sql, parameters in asked for one in parameters])[0])
    return [next(found) if sql else 0 for sql, _parameters in questions]


def adapted(value: Any) -> Any:
    """As Django gives it to the database."""
    operations = connections[USING].ops
    if isinstance(value, datetime):
        return operations.adapt_datetimefield_value(value)
    return operations.adapt_datefield_value(value) if isinstance(value, date) else value
