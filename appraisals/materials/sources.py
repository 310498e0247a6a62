"""What an author begins with: rooms above tell what is left of the years before, as last year's problems and promises.

    sources.register(lambda material, user: [Carried(words, row), …])

Only whoever writes the material is shown it, and of it only what he may see in the room it comes from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Carried:
    """One line from an earlier year; its row moves, so that its state stands beside it."""

    words: str
    row: Any


Ask = Callable[[Any, Any], Iterable[Carried]]
_asks: dict[str, Ask] = {}  # by who registered


def register(ask: Ask) -> None:
    """`ask(material, user)` tells the lines of one room, in the order to be read."""
    _asks[ask.__module__] = ask


def carried(material: Any, user: Any) -> list[Carried]:
    """All of them, room by room."""
    return [line for ask in _asks.values() for line in ask(material, user)]


def as_text(lines: Iterable[Carried]) -> str:
    """As a draft may begin: numbered, each with where it stands."""
    return "\n".join(
        f"{number}. {line.words}（{line.row.get_state_display()}）" for number, line in enumerate(lines, 1)
    )
