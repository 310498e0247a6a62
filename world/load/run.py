"""Loading a big world: every registered loader in one transaction, then sequences and statistics."""

from collections.abc import Callable

from django.db import connection, transaction

from workflow import streams
from workflow.tables import own_models

# Imported for what they register, in the order in which their rows are needed.
from world.load import branches, changes, meetings, decisions, plans, appraisals, rounds, work, opinions, supervision  # noqa: F401, I001  isort: skip
from world.load import votes, grades, evaluations, rectification, criticism, study, notes, talks, figures  # noqa: F401, I001  isort: skip  # figures count them all
from world.load.registry import LOADERS, Load


class NotEmpty(Exception):
    """The database holds rows of somebody else's."""


def fill(load: Load, told: Callable[[str, int], None] = lambda name, rows: None) -> None:
    """Fill an empty database, all of it or nothing; `told(name, rows so far)` after each loader. Raises NotEmpty."""
    if full := [model._meta.label for model in own_models() if model._base_manager.exists()]:
        raise NotEmpty(", ".join(full))
    with transaction.atomic():
        for loader in LOADERS:
            loader(load)
            told(loader.__name__, sum(load.counts.values()))
        streams.set_sequences(connection, own_models())
    streams.analyse(connection)
