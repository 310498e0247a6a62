"""Rows that many tests begin with: built once through the actions, then put back as rows.

The actions validate, record and audit, half a second for the cast; a test about something else need not wait for them.
"""

import pickle
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

_kept: dict[str, tuple[list[tuple[type[models.Model], list[tuple]]], bytes]] = {}


def replay(name: str, build: Callable[[], Any]) -> Any:
    """What `build` makes in an empty database; the second time its rows are inserted and its objects copied."""
    if name not in _kept:
        made = build()
        _kept[name] = (list(_rows()), pickle.dumps(made))
        return made
    rows, made = _kept[name]
    for model, values in rows:
        model._base_manager.bulk_create([model(*row) for row in values], batch_size=200)
    return pickle.loads(made)


def _rows():
    """Every model with its rows, in the order of the models; Django's own words are there already."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        values = list(model._base_manager.order_by("pk").values_list(*names))
        if values and model._meta.app_label not in ("contenttypes", "auth"):
            yield model, values
