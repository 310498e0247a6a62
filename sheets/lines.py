"""A batch of rows as XML, column by column: a value is made a cell once, then one join lays the cells side by side.

A ledger repeats itself, names of branches, kinds, states: most cells cost one look into a dictionary (decision 20).
"""

from collections.abc import Sequence
from itertools import chain

from openpyxl.utils import get_column_letter

from sheets.cells import BY_KIND, SEPARATOR, lines_each
from sheets.form import height_of
from sheets.layout import Column

KEPT = 4096  # values a column: some batches' worth, so memory stays flat however long the texts
ROW = b'<row r="'
WORDS = frozenset({str, type(None)})


def height(lines: int) -> str:
    """The attribute of a row with so many lines; nothing where the sheet's own height will do."""
    return "" if lines == 1 else f' ht="{height_of(lines)}"'


class Lines:
    """The rows of one kind, of data or of sums; `styles` are the style numbers of its columns.

    A row is its number, its height, then for each column the number again, in which the address of the cell ends, and
    a piece: the rest of the cell, up to where the next cell or row wants a number.
    """

    def __init__(self, columns: Sequence[Column], styles: Sequence[int]) -> None:
        addresses = [f'<c r="{get_column_letter(n)}' for n in range(1, len(columns) + 1)]
        self.first_address = addresses[0]
        ends = [*addresses[1:], f"</row>{ROW.decode()}"]
        self.columns = [_Cells(*of_one) for of_one in zip(columns, styles, ends, strict=True)]

    def xml(self, first_row: int, values: Sequence[Sequence[object]]) -> bytes:
        """Rows from `first_row` on; `values` are columns, all of one length, which is not 0."""
        numbers = [b"%d" % n for n in range(first_row, first_row + len(values[0]))]
        pieces, tall = [], []
        for cells, told in zip(self.columns, values, strict=True):
            made, lines = cells.made(told)
            pieces += [numbers, made]
            tall += [lines] if lines else []
        rows = zip(numbers, self._heights(tall, len(numbers)), *pieces, strict=True)
        return ROW + b"".join(chain.from_iterable(rows)).removesuffix(ROW)

    def _heights(self, tall: Sequence[Sequence[int]], count: int) -> list[bytes]:
        """What gives each row room for its longest text, up to its first address."""
        if not tall:
            return [f'">{self.first_address}'.encode()] * count
        highest = list(map(max, *tall)) if len(tall) > 1 else tall[0]
        told = {lines: f'"{height(lines)}>{self.first_address}'.encode() for lines in set(highest)}
        return [told[lines] for lines in highest]


class _Cells:
    """The cells of one column, each `known` by its value; so are the lines they take, where one takes more than one."""

    def __init__(self, column: Column, style: int, end: str) -> None:
        self.column, self.begin, self.end = column, f'" s="{style}"', end
        self._forget()

    def _forget(self) -> None:
        self.known: dict[object, bytes] = {}
        self.lines: dict[object, int] = {}
        self.is_tall = False

    def made(self, values: Sequence[object]) -> tuple[Sequence[bytes], Sequence[int]]:
        """A piece for each value, and how many lines it takes; no numbers where that is one for all."""
        try:
            return self._looked_up(values)
        except KeyError:
            return self._learned(values)

    def _looked_up(self, values: Sequence[object]) -> tuple[Sequence[bytes], Sequence[int]]:
        pieces = list(map(self.known.__getitem__, values))
        return pieces, list(map(self.lines.__getitem__, values)) if self.is_tall else ()

    def _learned(self, values: Sequence[object]) -> tuple[Sequence[bytes], Sequence[int]]:
        if self.column.kind == "text" and not WORDS.issuperset(map(type, values)):
            # Words from here on: 1, True and 1.0 are equal, what they read as is not.
            values = [None if value is None else str(value) for value in values]
        new = set(values).difference(self.known)
        if len(self.known) + len(new) > KEPT:
            self._forget()
            new = set(values)
        told = values if len(new) == len(values) else list(new)
        pieces, lines = self._pieces(told), self._lines(told)
        self.known |= zip(told, pieces, strict=True)
        self.lines |= zip(told, lines, strict=False)  # none but of texts
        if told is values:
            return pieces, lines if self.is_tall else ()
        return self._looked_up(values)

    def _pieces(self, values: Sequence[object]) -> list[bytes]:
        """A piece for each of `values`; framed and encoded in one go, not one by one."""
        cells = BY_KIND[self.column.kind](values).replace(SEPARATOR, f"{self.end}{SEPARATOR}{self.begin}")
        return f"{self.begin}{cells}{self.end}".encode().split(SEPARATOR.encode())

    def _lines(self, values: Sequence[object]) -> Sequence[int]:
        if self.column.kind != "text":
            return ()
        lines = lines_each(values, self.column.width)
        self.is_tall = self.is_tall or max(lines) > 1
        return lines
