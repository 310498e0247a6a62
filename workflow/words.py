"""How the history tells a move that was made; each room adds the words for its own moves."""

from collections.abc import Mapping

from django.utils.functional import Promise

_told: dict[str, str | Promise] = {}


def add(words: Mapping[str, str | Promise]) -> None:
    """Say how moves and changes are told once they are done: {"accept": _("Accepted")}."""
    _told.update(words)


def told(move: str) -> str | Promise:
    """The words for a move, or its code where no room has said them."""
    return _told.get(move, move)
