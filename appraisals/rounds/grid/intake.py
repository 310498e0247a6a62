"""The .xlsx of a grid on its way back: which cell says what of which branch, and what cannot be taken.

Read within the request: a place has at most some thousand rows, the child that parses them takes a second and may die
without us. Nothing of the file is kept: what it says goes to the next page, and from there to the same action as the
grid on the screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from appraisals.rounds.grid.book import KEY, NAME, TYPED, label
from appraisals.rounds.grid.sheet import Cell, Column, Line
from branches.roster.reading import FORMULA, HIDDEN, TOTAL
from figures.units import read as read_number
from sheets import reader
from sheets.faults import Fault, shown
from sheets.refusals import SheetRefused

SEARCHED: Final = 30  # rows from the top, for the headings
MOST_FAULTS: Final = 1000  # beyond this nobody corrects by list
SIGNATURES: Final = "党组织负责人"


@dataclass(slots=True)
class Found:
    """What a file says: the text of each cell by the name of its field, and where it stands; what is wrong."""

    texts: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0

    def add(self, row: int, heading: str, cell: Any, words: Any, *, is_note: bool = False) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(row, heading, shown(cell), words, is_note))

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_note]


def intake(file: Any, lines: Sequence[Line], columns: Sequence[Column]) -> Found:
    """What an uploaded file says of these branches. Raises ValidationError where it is refused."""
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "grid.sheet"
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        try:
            with reader.opened(path) as book:
                return _Reading(book, lines, columns).taken()
        except SheetRefused as refused:
            raise ValidationError(str(refused)) from None


class _Reading:
    """One pass over the sheet."""

    def __init__(self, book: reader.Book, lines: Sequence[Line], columns: Sequence[Column]) -> None:
        self.book, self.columns, self.found = book, columns, Found()
        self.by_key = {str(line.row.organisation_id): line for line in lines}
        self.by_name: dict[str, list[Line]] = {}
        for line in lines:
            place = line.row.organisation
            for name in {place.name, place.short_name} - {""}:
                self.by_name.setdefault(_plain(name), []).append(line)
        self.lines_seen: dict[int, int] = {}

    def taken(self) -> Found:
        rows = self.book.rows()
        head = list(islice(rows, SEARCHED))
        at = next((n for n, row in enumerate(head) if NAME in _texts(row)), None)
        if at is None:
            raise ValidationError(_("No heading reads 党支部名称. Please use the sheet that this page gives."))
        titles, first = self._titles(head, at)
        self.key, self.name = titles.get(KEY, 0), titles[NAME]
        at_heading = ((column, titles.get(_plain(label(column)))) for column in self.columns)
        self.fields = [(column, place) for column, place in at_heading if place]
        if not self.fields:
            raise ValidationError(_("No column of this stage is in the sheet. Please download it anew for this stage."))
        for row in (*head[first:], *rows):
            self._take(row)
        return self.found

    @staticmethod
    def _titles(head: list[list[Any]], at: int) -> tuple[dict[str, int], int]:
        """Which column, from 1, each heading names, and the first row below them: two lines of headings, or one."""
        upper = _texts(head[at])
        lower = _texts(head[at + 1]) if at + 1 < len(head) else []
        if TYPED not in lower:
            return {text: n for n, text in enumerate(upper) if text}, at + 1
        for n in range(1, len(upper)):  # a merged heading may be told at its left end only
            if not upper[n] and n < len(lower) and lower[n] in ("汇总数", "差额"):
                upper[n] = upper[n - 1]
        both = {text: n for n, text in enumerate(upper) if text and n < len(lower) and lower[n] == TYPED}
        single = {text: n for n, text in enumerate(upper) if text in (KEY, NAME)}
        return both | single, at + 2

    def _take(self, row: list[Any]) -> None:
        number, name = row[0], _plain(_cell(row, self.name))
        key = shown(_cell(row, self.key)).strip() if self.key else ""
        first = next((str(cell) for cell in row[1:] if cell not in ("", None)), "")
        if not (key or name) or TOTAL.match(first) or first.strip().startswith(SIGNATURES):
            return
        line = self._line(number, key, name)
        if line is None:
            return
        if number in self.book.hidden_rows:
            self.found.add(number, "", name, HIDDEN, is_note=True)
        self.found.rows += 1
        for cell, place in self._cells(line):
            self._read(row, cell, place)

    def _line(self, number: int, key: str, name: str) -> Line | None:
        """The branch of a row by its key, which its name must not contradict; else by its name."""
        named = self.by_name.get(name, [])
        line = self.by_key.get(key) or (named[0] if len(named) == 1 and not key else None)
        why = ""
        if line is None and len(named) > 1 and not key:
            why = _("Several branches bear this name: please keep the column 编号.")
        elif line is None:
            why = _("No branch of this place and stage has this number or name.")
        elif name and line not in named:
            why = _("Number and name are not of the same branch.")
        elif (before := self.lines_seen.setdefault(line.row.pk, number)) != number:
            why = _("This branch stands in row %d already.") % before
        if why:
            self.found.add(number, NAME, " ".join(filter(None, (key, name))), why)
        return None if why else line

    def _cells(self, line: Line) -> Iterator[tuple[Cell, int]]:
        by_code = {cell.column.metric.code: cell for cell in line.cells}
        return ((by_code[column.metric.code], place) for column, place in self.fields)

    def _read(self, row: list[Any], cell: Cell, place: int) -> None:
        number, told = row[0], _cell(row, place)
        address = f"{get_column_letter(place)}{number}"
        heading = f"{address} {label(cell.column)}"
        if any(first <= number <= last for first, last in self.book.formulas.get(place - 1, ())):
            return self.found.add(number, heading, told, FORMULA)
        text = shown(told).strip()
        try:
            if read_number(text) is None:
                return None  # an empty cell changes nothing
        except ValueError:
            words = _("Not a number. Please write it like 340 or 340余, 近340, 约340.")
            return self.found.add(number, heading, told, words)
        self.found.texts[cell.name], self.found.addresses[cell.name] = text, address
        return None


def _cell(row: list[Any], place: int) -> Any:
    return row[place] if place < len(row) else None


def _texts(row: Iterable[Any]) -> list[str]:
    """The headings of a row at their places; 0 is the number of the row."""
    return ["" if n == 0 or not isinstance(cell, str) else "".join(cell.split()) for n, cell in enumerate(row)]


def _plain(cell: Any) -> str:
    return "".join(str(cell or "").split())
