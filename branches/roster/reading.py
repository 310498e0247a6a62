"""From the rows of a sheet to lines of a roster: each cell read once, each fault kept with its row and heading.

A fault in what says who somebody is, or where he belongs, must be corrected; any other cell is left out with a note.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.changes import plausible
from branches.models.members import Category
from branches.roster import cells, dates, identity
from branches.roster.cells import Unreadable
from branches.roster.columns import BY_KEY
from sheets.faults import Fault, shown
from sheets.template import EXAMPLE

READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "number": cells.place,
    "name": cells.name,
    "gender": cells.gender,
    "ethnicity": cells.short(20),
    "born": dates.partial,
    "education": cells.education,
    "identity": identity.read,
    "joined": dates.partial,
    "confirmed": dates.partial,
    "category": cells.category,
    "post": cells.posts,
    "group": cells.short(60),
    "phone": cells.phone,
    "employment": cells.employment,
    "work_title": cells.short(80),
    "staff_number": cells.staff_number,
    "branch": cells.text,
}
DECISIVE: Final = frozenset({"name", "born", "joined", "category", "branch"})
ALIKE: Final = READERS.keys() - {
    "number",
    "name",
    "identity",
    "phone",
    "staff_number",
}  # columns whose cells are much the same
TOTAL: Final = re.compile(r"\s*[合小总共]\s*计")  # with as many blanks inside as a width asked for
MOST_FAULTS: Final = 5_000  # beyond this nobody corrects by list

NO_NAME = _("There is no name in this row.")
TOTAL_LEFT_OUT = _("A row of totals: left out.")
EXAMPLE_LEFT_OUT = _("The example row of the template: left out.")
REMARK_LEFT_OUT = _("No row of a person: left out.")
FORMULA = _("This cell is a formula. Please paste it as a value (选择性粘贴 → 数值) and choose the file again.")
HIDDEN = _("Excel hides this row. It is read like the others.")
NO_CATEGORY = _("Please write 正式党员 or 预备党员.")
TAKEN_AS_FULL = _("It does not say full or probationary: taken as 正式党员. Please correct it if that is wrong.")
TOO_EARLY = _("Full member before joining: please check both dates.")


@dataclass(slots=True)
class Line:
    """One person as the roster tells him; "" for what it does not tell. `number` is his place in it."""

    row: int
    number: Any = ""
    name: str = ""
    gender: str = ""
    ethnicity: str = ""
    born: str = ""
    education: str = ""
    identity: str = ""
    joined: str = ""
    confirmed: str = ""
    category: str = ""
    post: Any = ""
    group: str = ""
    phone: str = ""
    employment: str = ""
    work_title: str = ""
    staff_number: str = ""
    branch: str = ""
    digest: str = ""


NOTHING_TOLD: Final[list[Any]] = [""] * (len(Line.__slots__) - 2)  # without the row before and the digest behind


class Remembered(dict[Any, Any]):
    """What a column's cells mean, each looked up once; one that cannot be read is remembered with its words."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__({"": "", None: ""})
        self._read = read

    def __missing__(self, cell: Any) -> Any:
        try:
            value = self._read({"d": cell[0]} if type(cell) is tuple else cell)
        except Unreadable as bad:
            value = bad
        self[cell] = value
        return value


@dataclass
class Faults:
    """Faults in the order of their rows, counted even where they are too many to keep."""

    kept: list[Fault] = field(default_factory=list)
    errors: int = 0
    notes: int = 0

    def add(self, row: int, column: str, cell: Any, words: str | Promise, *, is_note: bool = False) -> None:
        """Keep one fault."""
        self.notes += is_note
        self.errors += not is_note
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(Fault(row, column, shown(cell), str(words), is_note))


class Reading:
    """One pass over a sheet. `mapping` names the column (from 0) of each field, `headings` what stands above them."""

    def __init__(
        self, mapping: Mapping[str, int], headings: list[str], heading_row: int, *, category: str = "",
        hidden: frozenset[int] = frozenset(), formulas: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    ) -> None:  # fmt: skip
        self.faults = Faults()
        self.lines: list[Line] = []
        told = [(place, key, mapping[key] + 1) for place, key in enumerate(Line.__slots__[1:]) if key in mapping]
        self._alike = [(place, key, at, Remembered(READERS[key])) for place, key, at in told if key in ALIKE]
        self._different = [(place, key, at, READERS[key]) for place, key, at in told if key not in ALIKE]
        self._titles = {key: headings[column] for key, column in mapping.items() if column < len(headings)}
        self._name = mapping["name"] + 1
        self._category_at = mapping["category"] + 1 if "category" in mapping else None
        self._last = max(mapping.values()) + 1
        self._heading_row, self._category, self._hidden = heading_row, category, hidden
        calculated = formulas or {}  # the number aside: it puts in order, and is no fact of a person
        facts = [(key, at) for _n, key, at in told if key != "number"]
        self._formulas = [(key, at, calculated[at - 1]) for key, at in facts if at - 1 in calculated]
        self._today = timezone.localdate()

    def take(self, rows: Iterable[list[Any]]) -> None:
        """Read some rows, in the order of the sheet."""
        for row in rows:
            if row[0] > self._heading_row:
                if len(row) <= self._last:
                    row = row + [None] * (self._last + 1 - len(row))
                if not self._is_left_out(row):
                    self.lines.append(self._line(row))

    def _is_left_out(self, row: list[Any]) -> bool:
        """True for rows that tell of nobody; what is not simply empty is told."""
        name, first = row[self._name], row[1]
        if first in ("", None) and name in ("", None):
            first = next((cell for cell in row[1:] if cell not in ("", None)), None)
            if first is None:
                return True
        if type(first) is str:
            if TOTAL.match(first):
                return self._left_out(row, first, TOTAL_LEFT_OUT)
            if first.strip() == EXAMPLE:
                return self._left_out(row, first, EXAMPLE_LEFT_OUT)
        if name in ("", None):
            told = {str(cell) for cell in row[1:] if cell not in ("", None)}  # merged cells show one text many times
            if len(told) <= 2:
                return self._left_out(row, first, REMARK_LEFT_OUT)
        elif type(name) is str:
            if TOTAL.match(name):
                return self._left_out(row, name, TOTAL_LEFT_OUT)
            if len(name) > 20 and len({str(cell) for cell in row[1:] if cell not in ("", None)}) <= 2:
                return self._left_out(row, name, REMARK_LEFT_OUT)
            return name == self._titles.get("name")
        return False

    def _left_out(self, row: list[Any], cell: Any, words: str | Promise) -> bool:
        self.faults.add(row[0], "", cell, words, is_note=True)
        return True

    def _line(self, row: list[Any]) -> Line:
        values = NOTHING_TOLD.copy()
        for place, key, column, known in self._alike:
            cell = row[column]
            try:
                value = known[cell]
            except TypeError:  # a day comes as a dictionary
                value = known[cell["d"], "day"]
            if value.__class__ is Unreadable:
                self._add(row[0], key, cell, value.words)
            else:
                values[place] = value
        for place, key, column, read in self._different:
            if cell := row[column]:
                try:
                    values[place] = read(cell)
                except Unreadable as bad:
                    self._add(row[0], key, cell, bad.words)
        line = Line(row[0], *values)
        self._complete(line)
        if self._category_at is not None and cells.is_vague(row[self._category_at]):
            self.faults.add(line.row, self._titles["category"], row[self._category_at], TAKEN_AS_FULL, is_note=True)
        for key, column, runs in self._formulas:
            if _is_within(row[0], runs):
                title = self._titles.get(key, BY_KEY[key].title)
                self.faults.add(row[0], title, _masked(row[column]) if key == "identity" else row[column], FORMULA)
        return line

    def _add(self, row: int, key: str, cell: Any, words: str | Promise) -> None:
        title = self._titles.get(key, BY_KEY[key].title)
        self.faults.add(row, title, _masked(cell) if key == "identity" else cell, words, is_note=key not in DECISIVE)

    def _complete(self, line: Line) -> None:
        if not line.name and not self._was_refused(line.row, "name"):
            self._add(line.row, "name", "", NO_NAME)
        if not line.category:
            line.category = Category.FORMAL if line.confirmed else self._category
            if not line.category and not self._was_refused(line.row, "category"):
                self._add(line.row, "category", "", NO_CATEGORY)
        if line.identity:
            line.digest = identity.digest(line.identity)
        if line.confirmed and line.joined and line.confirmed < line.joined[: len(line.confirmed)]:
            self.faults.add(line.row, self._titles.get("confirmed", ""), line.confirmed, TOO_EARLY, is_note=True)
        self._judge(line)
        if line.row in self._hidden:
            self.faults.add(line.row, "", line.name, HIDDEN, is_note=True)

    def _judge(self, line: Line) -> None:
        """What cannot be is an error, what is unlikely a note; both as for a member entered by hand."""
        if line.born and line.joined:
            for key, words in plausible.faults(line.born, line.joined, self._today):
                self._add(line.row, key, getattr(line, key), words)
            for words in plausible.doubts(line.born, line.joined):
                self.faults.add(line.row, self._titles.get("joined", ""), line.joined, words, is_note=True)

    def _was_refused(self, row: int, key: str) -> bool:
        """True if this cell of this row has been told already."""
        title = self._titles.get(key)
        return any(f.row == row and f.column == title for f in self.faults.kept[-20:])


def _is_within(row: int, runs: Sequence[tuple[int, int]]) -> bool:
    """True if one of the runs (first, last), in their order, holds the row."""
    n = bisect_right(runs, row, key=lambda run: run[0])
    return n > 0 and row <= runs[n - 1][1]


def _masked(cell: Any) -> str:
    """An identity number as a fault may quote it."""
    text = shown(cell)
    return f"{text[:4]}…{text[-4:]}" if len(text) > 10 else text
