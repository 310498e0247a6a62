"""Rows in bulk, for whoever fills a whole database: COPY on PostgreSQL, INSERT in batches elsewhere.

Rows are plain tuples in the order of the columns named. Every other column gets the default of its field, once for all
rows, so that a loader names only what differs from row to row.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

BATCH = 2000
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def write(
    connection: BaseDatabaseWrapper, model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Add `rows`, tuples of `columns` (attribute names: organisation_id), and return how many; part of a transaction.

    Raises what the database raises where a row breaks a constraint.
    """
    fields = _fields(model)
    rest = [name for name in fields if name not in columns]
    known = [fields[name] for name in columns]
    told = [_default(fields[name]) for name in rest]
    names = [field.column for field in (*known, *(fields[name] for name in rest))]
    put = _copy if connection.vendor == "postgresql" else _insert
    source, count = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(source, BATCH)):
            put(cursor, connection, model._meta.db_table, names, [*known, *(fields[n] for n in rest)], batch, told)
            count += len(batch)
    return count


def set_sequences(connection: BaseDatabaseWrapper, tables: Iterable[type[models.Model]]) -> None:
    """Let the next row of each table get a key of its own, after rows were added with theirs. Only PostgreSQL must be
    told; a counter goes up and never down, so that no key is given twice."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables:
            table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk
            if isinstance(key, models.AutoField):
                column = connection.ops.quote_name(str(key.column))
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key.column])
                (counter,) = cursor.fetchone()
                most = f"GREATEST(nextval(%s), (SELECT MAX({column}) FROM {table}))"
                cursor.execute(f"SELECT setval(%s, {most})", [counter, counter])


def analyse(connection: BaseDatabaseWrapper) -> None:
    """Let PostgreSQL know how many rows there are now: until then it reads whole tables where an index would do."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def line(row: Iterable[Any]) -> str:
    """One row as text: the same for the same values, whichever database they came from."""
    return "\t".join(_cell(_plain(value)) for value in row)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if isinstance(value, dict | list) else value


def numbered(rows: Iterable[Sequence[Any]], first: int = 1) -> Iterator[tuple[Any, ...]]:
    """Each row with its running number before it: the key, where nothing else speaks of these rows."""
    return ((key, *row) for key, row in enumerate(rows, first))


def _fields(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _default(field: Any) -> Any:
    if field.has_default():
        return field.get_default()
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return None if field.null else ""


def _insert(
    cursor: Any, connection: Any, table: str, names: list[str], fields: list[Any], batch: list[Any], told: list[Any]
) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    values = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, (*row, *told), strict=True)]
        for row in batch
    ]
    cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({quoted}) VALUES ({marks})", values)


def _copy(
    cursor: Any, connection: Any, table: str, names: list[str], fields: list[Any], batch: list[Any], told: list[Any]
) -> None:
    kept = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    tail = [_cell(_as_json(v) if n + len(fields) - len(told) in kept else v) for n, v in enumerate(told)]
    inner = [place for place in kept if place < len(fields) - len(told)]
    lines = []
    for row in batch:
        if inner:
            row = [_as_json(v) if n in inner else v for n, v in enumerate(row)]
        lines.append("\t".join([*map(_cell, row), *tail]))
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    text = io.StringIO("\n".join(lines) + "\n")
    with connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {connection.ops.quote_name(table)} ({quoted}) FROM STDIN", text)


def _as_json(value: Any) -> str | None:
    """As Django writes it: nothing is NULL, not the JSON of nothing."""
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _cell(value: Any) -> str:
    return (_CELLS.get(type(value)) or _text)(value)


def _text(value: Any) -> str:
    return str(value).translate(ESCAPED)


_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: r"\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    bytes: lambda value: r"\\x" + value.hex(),
    memoryview: lambda value: r"\\x" + value.hex(),  # what PostgreSQL gives back for bytes
}
