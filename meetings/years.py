"""Which year is being appraised in a branch: the room of rounds knows it and registers from AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

Ask = Callable[[Any, str], int | None]

_asked: list[Ask] = []


def register(ask: Ask) -> None:
    """Let `ask(user, path)` tell the year of the round under way over the branch at `path`."""
    _asked.append(ask)


def appraised(user: Any, path: str) -> int | None:
    """The year under appraisal there, as far as the person sees it."""
    return next((year for ask in _asked if (year := ask(user, path))), None)
