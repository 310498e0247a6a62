"""The first look into a file that was sent: may it be read, which sheet is the roster, what its columns mean."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.roster.columns import guess
from branches.roster.heading import SEARCHED, Heading, find
from sheets import reader
from sheets.refusals import SheetRefused

TRIED: Final = 5  # sheets, where none was named


@dataclass(frozen=True)
class Look:
    """What was found: names of the sheets, the number of the one looked at, its headings, a guess per field."""

    sheets: list[str]
    sheet: int
    heading: Heading
    mapping: dict[str, int]


def look(path: Path, sheet: int | None = None) -> Look:
    """Look into sheet number `sheet`, or into the first few until one has headings. Raises ValidationError."""
    try:
        first, names = _look(path, sheet)
        others = [] if sheet is not None else [n for n in range(len(names)) if n != first[0]][:TRIED]
        found = next((seen for seen in (first, *(_look(path, n)[0] for n in others)) if seen[1]), None)
    except SheetRefused as refused:
        raise ValidationError(str(refused)) from None
    if found is None or found[1] is None:
        words = _(
            "No headings were found in the first %(rows)d rows. One of them must read 姓名, another 性别 or 入党时间."
        )
        raise ValidationError(words, params={"rows": SEARCHED})
    return Look(names, found[0], found[1], guess(found[1].titles))


def _look(path: Path, sheet: int | None) -> tuple[tuple[int, Heading | None], list[str]]:
    try:
        with reader.opened(path, sheet=sheet, only=SEARCHED + 10) as book:
            return (book.sheet.number, find(list(book.rows()))), [one.name for one in book.sheets]
    except SheetRefused as refused:
        if refused.code != "no_rows" or sheet is None:
            raise
        return (sheet, None), []
