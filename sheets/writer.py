"""The one writer of .xlsx files: an official form by openpyxl, its data streamed straight into the zip.

Memory stays flat and the time is a fraction of openpyxl's, because rows are made by the batch (sheets/lines.py).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from sheets import form as official
from sheets.cells import lines_of, texts
from sheets.layout import Layout
from sheets.lines import Lines, height

BATCH_ROWS = 500
LAST_ROW = 1_048_576
SHEET, NOTES_SHEET = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"

Tick = Callable[[int, int | None], None]
Rows = Iterable[Sequence[object]]
Sections = Iterable[tuple[str, Rows]]


def write(path: Path, layout: Layout, rows: Rows, *, tick: Tick | None = None) -> int:
    """Write `rows` in `layout` to `path` and return their number; a failure leaves no file.

    `tick(rows so far, None)` is called after each batch and may raise to stop. More rows than a sheet holds raise
    ValidationError.
    """
    return write_sections(path, layout, [("", rows)], tick=tick)


def write_sections(path: Path, layout: Layout, sections: Sections, *, tick: Tick | None = None) -> int:
    """As `write`, for rows in sections: above each that has a title stands its row 小计."""
    try:
        return _write(path, _Data(official.draw(layout), layout, tick), sections)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(path: Path, data: "_Data", sections: Sections) -> int:
    parts = _parts(data.form)
    head, tail = _cut(parts.pop(SHEET), data.form.first_row)
    del parts[NOTES_SHEET]
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(head)
            if data.layout.total == "first":
                data.write_below_sum(sheet, official.TOTAL, "", partial(data.write_sections, sections=sections))
            else:
                data.write_sections(sheet, sections)
            sheet.write(data.end())
            sheet.write(data.move_signatures(tail))
        official.note_rows(data.form, data.count)
        archive.writestr(NOTES_SHEET, _parts(data.form)[NOTES_SHEET])
    return data.count


def _parts(form: official.Form) -> dict[str, bytes]:
    """The files inside the form's workbook."""
    saved = BytesIO()
    form.book.save(saved)
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _cut(sheet: bytes, first_row: int) -> tuple[bytes, bytes]:
    """The sheet's XML before its first data row, and from the end of its rows on."""
    head = sheet[: sheet.index(f'<row r="{first_row}"'.encode())]
    # The range of the prototypes must not be told as the range of the sheet.
    start, end = head.index(b"<dimension"), head.index(b"<sheetViews")
    return head[:start] + head[end:], sheet[sheet.index(b"</sheetData>") :]


class _Data:
    """Rows of one sheet on their way from tuples to XML, with their count and their sums."""

    def __init__(self, form: official.Form, layout: Layout, tick: Tick | None) -> None:
        self.form, self.layout, self.tick = form, layout, tick
        self.letters = [get_column_letter(n) for n in range(1, len(layout.columns) + 1)]
        self.next_row = form.first_row
        self.last_row = LAST_ROW - (layout.total == "last") - layout.footer
        self.count = 0
        self.sums = [0] * len(layout.columns)
        self.lines = Lines(layout.columns, form.styles)

    def write_sections(self, sheet: IO[bytes], sections: Sections) -> None:
        """Stream the rows of each section into `sheet`, a titled one below its sum."""
        for title, rows in sections:
            if title:
                self.write_below_sum(sheet, official.SUBTOTAL, title, partial(self.write, rows=rows))
            else:
                self.write(sheet, rows)

    def write(self, sheet: IO[bytes], rows: Rows) -> None:
        """Stream `rows` into `sheet`."""
        source = iter(rows)
        while batch := list(islice(source, BATCH_ROWS)):
            if self.next_row + len(batch) - 1 > self.last_row:
                words = _("An Excel sheet holds at most %(rows)d rows. Please narrow the filter.")
                raise ValidationError(words, params={"rows": LAST_ROW})
            columns = list(zip(*batch, strict=True))
            if self.layout.total:
                self._add(columns)
            sheet.write(self.lines.xml(self.next_row, columns))
            self.next_row += len(batch)
            self.count += len(batch)
            if self.tick:
                self.tick(self.count, None)

    def write_below_sum(self, sheet: IO[bytes], name: str, title: str, write: Callable[[IO[bytes]], None]) -> None:
        """Let `write` stream rows through a file without a name, since the row above them holds their sums."""
        place, sums, count = self.next_row, list(self.sums), self.count
        self.next_row += 1
        with TemporaryFile() as below:
            write(below)
            below.seek(0)
            own = [after - before for after, before in zip(self.sums, sums, strict=True)]
            sheet.write(self._sum(place, name, title, own, self.count - count))
            copyfileobj(below, sheet, 1 << 20)

    def end(self) -> bytes:
        """What stands below the data: the total, if it comes last, and the signatures."""
        xml = b""
        if self.layout.total == "last":
            xml = self._sum(self.next_row, official.TOTAL, "", self.sums, self.count)
            self.next_row += 1
        if self.layout.footer:
            lines = lines_of(official.SIGNATURES, sum(column.width for column in self.layout.columns))
            cell = f'<c r="A{self.next_row}" s="{self.form.signature_style}"{texts([official.SIGNATURES])}'
            xml += f'<row r="{self.next_row}"{height(lines)}>{cell}</row>'.encode()
        return xml

    def move_signatures(self, tail: bytes) -> bytes:
        """`tail` with the merged cells of the signatures in the row where they really stand."""
        drawn = self.form.first_row + 2
        before, after = (f'ref="A{row}:{self.letters[-1]}{row}"' for row in (drawn, self.next_row))
        return tail.replace(before.encode(), after.encode())

    def _add(self, columns: Sequence[Sequence[object]]) -> None:
        for n, values in enumerate(columns):
            if self.layout.columns[n].kind == "int":
                self.sums[n] += sum(value for value in values if type(value) is int)

    def _sum(self, row: int, name: str, title: str, sums: Sequence[int], count: int) -> bytes:
        """A row 合计 or 小计: sums of the int columns; a ratio has no sum."""
        values: list[object] = [
            total if column.kind == "int" else "—" if column.kind == "number" else None
            for column, total in zip(self.layout.columns, sums, strict=True)
        ]
        values[0] = name
        if self.layout.counted:
            values[1] = f"{title} 共{count}{self.layout.counted}".strip()
        # The row is as high as its words, but for its name: that is short and keeps to its line.
        columns = [
            replace(column, kind="text" if n and isinstance(value, str) else "number")
            for n, (column, value) in enumerate(zip(self.layout.columns, values, strict=True))
        ]
        return Lines(columns, self.form.total_styles).xml(row, [[value] for value in values])
