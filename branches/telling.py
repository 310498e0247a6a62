"""Who is affected by a deed hears of it at once: the room above that owes notices listens here.

An action that has given or ended something calls `changed(rows)` inside its transaction; what is owed for those rows is
owed with it, or undone with it. The scan of every ten minutes finds what a day brings, and whatever was missed.
"""

from collections.abc import Callable, Collection
from typing import Any

Listener = Callable[[Any, Collection[int]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Hear of changed rows: their model and their keys."""
    _listeners.append(listener)


def changed(model: Any, keys: Collection[int]) -> None:
    """Say which rows of a model a deed has changed; for none nothing happens."""
    if keys:
        for listener in _listeners:
            listener(model, keys)
