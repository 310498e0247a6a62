"""Copying a whole database into an empty PostgreSQL: every table in one transaction, all of it or nothing.

All or nothing, not resumable: a village copies in seconds and a county in minutes, and of a half copy nobody could say
afterwards whether it is whole. What fails leaves empty tables, which the next run accepts.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Collate
from django.db.utils import load_backend
from django.utils.translation import gettext as _

from workflow import streams

TARGET = "copy_target"
DERIVED = ("auth.Permission", "contenttypes.ContentType")  # made by the migrations, copied like the rest
CHUNK = 2000
CARRIED = ("keys", "files")  # folders of DATA_DIR that the database speaks of


class Refused(Exception):
    """Nothing was copied, and why."""


@dataclass(frozen=True)
class Copied:
    """One table: how many rows, and the hash over them, equal on both sides."""

    table: str
    rows: int
    digest: str


def connect(url: str) -> BaseDatabaseWrapper:
    """The target under an alias of its own. Raises Refused unless it is another database, of PostgreSQL."""
    try:
        told = environ.Env.db_url_config(url)
    except Exception as fault:
        raise Refused(_("This is not the address of a database: postgresql://user@host:port/name")) from fault
    if "postgresql" not in told.get("ENGINE", ""):
        raise Refused(_("The target must be a PostgreSQL database: postgresql://user@host:port/name"))
    here = connections["default"].settings_dict
    if all(str(here.get(part, "")) == str(told.get(part, "")) for part in ("ENGINE", "NAME", "HOST", "PORT")):
        raise Refused(_("The target is the database that would be copied."))
    told["OPTIONS"] = {"connect_timeout": 3}
    config = connections.configure_settings({"default": here, TARGET: told})[TARGET]
    target = connections[TARGET] = load_backend(config["ENGINE"]).DatabaseWrapper(config, TARGET)
    try:
        target.ensure_connection()
    except Error as fault:
        raise Refused(_("The target does not answer: %s") % str(fault).strip()) from fault
    return target


def prepare(target: BaseDatabaseWrapper) -> None:
    """Give the target its tables. Raises Refused where it holds a row or somebody else's table, or where the source
    is of another release."""
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(_("This database is of an older release. Please run “manage.py migrate” here first."))
    present = set(target.introspection.table_names())
    if strange := present - {model._meta.db_table for model in tables()} - {"django_migrations"}:
        raise Refused(_("The target holds tables of something else: %s") % ", ".join(sorted(strange)[:5]))
    there = [m for m in tables() if m._meta.db_table in present and m._meta.label not in DERIVED]
    full = [model for model in there if _of(model, TARGET).exists()]
    if full:
        raise Refused(_("The target is not empty: %s") % ", ".join(model._meta.label for model in full[:5]))
    call_command("migrate", database=TARGET, verbosity=0, interactive=False)


def copy(target: BaseDatabaseWrapper, told: Callable[[Copied], None]) -> None:
    """Copy every table and compare both sides. Raises Refused, after which the target is as empty as before.

    On SQLite the transaction holds the write lock: nobody writes here meanwhile.
    """
    source = connections["default"]
    with transaction.atomic(), transaction.atomic(using=TARGET):
        for label in DERIVED:
            _of(apps.get_model(label), TARGET).delete()
        for model in tables():
            told(_copy(model, source, target))
        streams.set_sequences(target, tables())
    streams.analyse(target)


def tables() -> list[type[models.Model]]:
    """Every table that Django keeps, also those of packages and of many-to-many fields, parents before children."""
    waiting = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    ordered: list[type[models.Model]] = []
    while waiting:
        ready = [model for model in waiting if not _parents(model) & set(waiting) - {model}]
        ordered += ready or waiting  # a circle would be no fault: PostgreSQL checks keys when the transaction ends
        waiting = [model for model in waiting if model not in ordered]
    return ordered


def carried() -> Iterator[tuple[str, int, int]]:
    """(folder of DATA_DIR, files in it, their bytes): what the database speaks of and does not hold."""
    for name in CARRIED:
        files = [path for path in (Path(settings.DATA_DIR) / name).rglob("*") if path.is_file()]
        yield name, len(files), sum(path.stat().st_size for path in files)


def _parents(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}  # type: ignore[misc]


def _of(model: type[models.Model], alias: str) -> models.QuerySet[Any]:
    return model._base_manager.using(alias).order_by()


def _rows(model: type[models.Model], database: BaseDatabaseWrapper, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows in the order of their keys: of texts by their bytes, for databases sort letters in different ways."""
    key: Any = "pk"
    if isinstance(model._meta.pk, models.CharField):
        key = Collate("pk", "C" if database.vendor == "postgresql" else "BINARY")
    return _of(model, database.alias).order_by(key).values_list(*columns).iterator(chunk_size=CHUNK)


def _copy(model: type[models.Model], source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> Copied:
    columns = [field.attname for field in model._meta.concrete_fields]
    sent, table = hashlib.sha256(), model._meta.db_table
    try:
        count = streams.write(target, model, columns, _hashed(_rows(model, source, columns), sent))
    except Error as fault:
        # The first line only: the others quote what stands in the row.
        words = {"table": table, "fault": str(fault).partition("\n")[0]}
        raise Refused(_("Table %(table)s: %(fault)s") % words) from fault
    arrived = hashlib.sha256()
    found = sum(1 for _row in _hashed(_rows(model, target, columns), arrived))
    if (found, arrived.digest()) != (count, sent.digest()):
        raise Refused(_("Table %s did not arrive as it was sent.") % table)
    return Copied(table, count, sent.hexdigest())


def _hashed(rows: Iterable[tuple[Any, ...]], digest: Any) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        digest.update(streams.line(row).encode() + b"\n")
        yield row
