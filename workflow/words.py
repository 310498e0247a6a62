"""How the history tells a move that was made; each room adds the words for its own moves."""

from collections.abc import Mapping

from django.utils.functional import Promise

_told: dict[str, str | Promise] = {}


def add(words: Mapping[str, str | Promise]) -> None:
    """Say how moves and changes are told once they are done: {"accept": _("Accepted")}; where one kind of record has
    a word of its own for a move, {"appraisals.material:accept": _("Review passed")}. Two rooms that say one code in
    different words name the record: the later would take the word from the earlier."""
    _told.update(words)


def told(move: str, model: str = "") -> str | Promise:
    """The words for a move of such a record, or its code where no room has said them."""
    return _told.get(f"{model}:{move}") or _told.get(move, move)
