"""Rows that many tests begin with: built once through the actions, then put back as rows, with the files beside them.

The actions validate, record and audit, half a second for the cast; a test about something else need not wait for them.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone


@dataclass(frozen=True)
class Kept:
    """What one build has left: its rows in the order of the models, its files by name, its objects."""

    rows: list[tuple[type[models.Model], list[tuple]]]
    files: dict[str, bytes]
    made: bytes


# By the day they were built on: a test with a stopped clock must not leave its days to one with the real clock.
_kept: dict[tuple[str, date], Kept] = {}


def replay(name: str, build: Callable[[], Any]) -> Any:
    """What `build` makes in an empty database; the second time that day its rows are inserted and its objects copied."""
    key = (name, timezone.localdate())
    if key not in _kept:
        before = _files()
        made = build()
        files = {name: path.read_bytes() for name, path in _files().items() if name not in before}
        _kept[key] = Kept(list(_rows()), files, pickle.dumps(made))
        return made
    kept = _kept[key]
    with transaction.atomic():  # a table may come before those it refers to: PostgreSQL asks at the end
        for model, values in kept.rows:
            model._base_manager.bulk_create([model(*row) for row in values], batch_size=200)
    for path, content in kept.files.items():
        (Path(settings.MEDIA_ROOT) / path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (Path(settings.MEDIA_ROOT) / path).write_bytes(content)
    return pickle.loads(kept.made)


def _rows():
    """Every model with its rows, in the order of the models; Django's own words are there already."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        values = list(model._base_manager.order_by("pk").values_list(*names))
        if values and model._meta.app_label not in ("contenttypes", "auth"):
            yield model, values


def _files():
    """The files that rows speak of, by their names below MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
