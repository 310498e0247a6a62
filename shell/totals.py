"""How many rows a list has: counted for each page, and remembered for a minute where there are very many.

Counting all meetings of a country keeps two processors of the database busy for longer than the page takes, and nobody
turns those pages to find that the last minute is missing. What is remembered belongs to one question with all its
values, those of the reader's reach among them, under a digest: no word that somebody typed stays.
"""

from collections.abc import Sequence
from hashlib import blake2b
from time import monotonic
from typing import Any, Final

from shell.asked import Asked
from shell.statements import numbers

MANY: Final = 20_000
SECONDS: Final = 60
MOST: Final = 500  # questions
_remembered: dict[bytes, tuple[float, int]] = {}  # until when, and the number


def total(rows: Any) -> int:
    """How many there are, as a number that may be a minute old beyond MANY."""
    if not isinstance(rows, Asked):
        return int(rows.count())
    question = rows.sql_to_count()
    key = _digest(*question)
    until, number = _remembered.get(key, (0.0, 0))
    if monotonic() >= until:
        number = numbers([question])[0]
        if number > MANY:
            _remember(key, number)
    return number


def _digest(sql: str, parameters: Sequence[Any]) -> bytes:
    return blake2b(repr((sql, parameters)).encode(), digest_size=16).digest()


def _remember(key: bytes, number: int) -> None:
    if len(_remembered) >= MOST:
        _remembered.clear()
    _remembered[key] = monotonic() + SECONDS, number
