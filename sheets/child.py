"""Reads one workbook in a process of its own and prints its rows as JSON. Run by sheets/reader.py, never imported.

A parser that a hostile file drives into the ground takes only this process along. It limits itself before it loads the
parser, knows nothing of the product, opens one file, and writes to nothing but its standard output.

First line: {"sheets": [[name, is hidden], …], "sheet": n, "height": rows, "width": columns, "hidden": [row, …],
"formulas": [[column, first row, last row], …]} with columns from 0, rows as Excel counts; those two of .xlsx alone.
Then lists of rows, each row a list whose first item is its number as Excel counts, from 1: [[1, "花名册"], [2, …]].
A cell is a text, a number, true, false, or empty ("" or null); {"d": "2003-07-01"} is a day, marked so by the file.
"""

import json
import re
import resource
import sys
from datetime import date, datetime, time
from html import unescape
from typing import Any, NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

MEMORY, SECONDS = 600 << 20, 20
BATCH = 400
MOST_MERGED = 2_000
HIDDEN_ROW = re.compile(rb"""<row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d+)\"""")
PIECE, OVERLAP = 1 << 20, 400  # no tag of a row is longer
FORMULA = (b"<f", b":f")  # one of them stands in every sheet that has any, and in few others
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MOST_FORMULAS = 100_000  # runs of formulas below one another
REFUSED = 3


def limit() -> None:
    """No more memory and time than a table needs; no core, no new file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


def main() -> None:
    """Read what the arguments name: path, format, sheet, most rows, most columns, how many rows to tell (0: all)."""
    path, kind, wanted, most_rows, most_columns, only = sys.argv[1:]
    limit()
    import python_calamine

    try:
        book = python_calamine.load_workbook(path)
        kinds = python_calamine.SheetTypeEnum
        visible = python_calamine.SheetVisibleEnum
        metadata = [meta for meta in book.sheets_metadata if meta.typ == kinds.WorkSheet]
        names = [[meta.name[:100], meta.visible != visible.Visible] for meta in metadata][:100]
        if not names:
            refuse("no_rows")
        number = int(wanted) if wanted else next((n for n, (_name, hidden) in enumerate(names) if not hidden), 0)
        if number >= len(names):
            refuse("no_rows")
        sheet = book.get_sheet_by_name(metadata[number].name)
    except python_calamine.PasswordError:
        refuse("encrypted")
    except (python_calamine.CalamineError, OSError, ValueError):
        refuse("broken")
    if sheet.start is None or sheet.end is None:
        refuse("no_rows")
    width = sheet.end[1] + 1
    if width > int(most_columns):
        refuse("too_many_columns")
    if sheet.height > int(most_rows):
        refuse("too_many_rows")
    first, left = sheet.start
    told = {"sheets": names, "sheet": number, "height": sheet.height, "width": width}
    hidden: list[int] = []
    formulas: list[list[int]] = []
    if kind == "xlsx":
        try:
            hidden, formulas = marks(path, sheet.name)
        except (BadZipFile, LookupError, OSError, ValueError, expat.ExpatError):
            refuse("broken")  # not read without: a formula would pass for what somebody typed
    put({**told, "hidden": hidden, "formulas": formulas})
    put_rows(sheet, first, left, int(only))


def put_rows(sheet: Any, first: int, left: int, only: int) -> None:
    """The rows in batches, with what merged cells show in each cell that they cover."""
    covered = spread(sheet)
    batch: list[list[Any]] = []
    blank = [None] * left
    for number, cells in enumerate(sheet.iter_rows(), 1):  # from row 1 on, though from the first column that holds any
        if number <= first:
            continue
        row = [number, *blank, *cells]
        if number in covered:
            fill(row, covered[number])
        batch.append(row)
        if len(batch) == BATCH or number - first == only:
            put(batch)
            batch = []
        if number - first == only:
            return
    if batch:
        put(batch)


def plain(cell: Any) -> Any:
    """What JSON does not know by itself: days, moments, times."""
    if isinstance(cell, datetime):
        return {"d": cell.isoformat()[:10] if cell.time() == time() else cell.isoformat(" ")[:16]}
    return {"d": cell.isoformat()} if isinstance(cell, date) else str(cell)


Covered = dict[int, list[tuple[int, int, int]]]


def spread(sheet: Any) -> Covered:
    """By row number, what merged cells cover of it: (first column, last column, the row whose cell they show)."""
    found: Covered = {}
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:MOST_MERGED]:
        for row in range(top + 1, min(bottom, top + MOST_MERGED) + 2):
            found.setdefault(row, []).append((left + 1, right + 1, top + 1))
    return found


seen: dict[tuple[int, int], Any] = {}


def fill(row: list[Any], ranges: list[tuple[int, int, int]]) -> None:
    """Write into `row` what its merged cells show."""
    for left, right, top in ranges:
        if left >= len(row):
            continue
        if row[0] == top:
            seen[top, left] = row[left]
        value = seen.get((top, left))
        for column in range(left, min(right, len(row) - 1) + 1):
            if row[column] in (None, ""):
                row[column] = value


def marks(path: str, name: str) -> tuple[list[int], list[list[int]]]:
    """What calamine does not tell of a sheet: the rows that it hides, and where its formulas are."""
    with ZipFile(path) as archive:
        part = part_of(archive, name)
        found: dict[int, None] = {}
        calculates = False
        with archive.open(part) as text:  # in pieces: unpacked as a whole it would be the largest thing in memory
            tail = b""
            while piece := text.read(PIECE):
                if b"hidden=" in piece or b"hidden=" in tail + piece[:OVERLAP]:
                    found |= dict.fromkeys(int(n) for n in HIDDEN_ROW.findall(tail + piece))
                calculates = calculates or any(sign in piece or sign in tail + piece[:4] for sign in FORMULA)
                tail = piece[-OVERLAP:]
        if not calculates:
            return list(found)[:MOST_MERGED], []
        with archive.open(part) as text:
            return list(found)[:MOST_MERGED], formulas_in(text)


def part_of(archive: ZipFile, name: str) -> str:
    """Which part of the file holds the sheet of that name. Raises LookupError."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    rels = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    sheets = [attributes(tag) for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book)]
    links = [attributes(tag) for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", rels)]
    key = next(told["id"] for told in sheets if told.get("name") == name)
    target = next(told["Target"] for told in links if told.get("Id") == key)
    return "xl/" + target.removeprefix("/").removeprefix("xl/")


def attributes(tag: str) -> dict[str, str]:
    """The attributes of one tag, without the prefixes of their names."""
    found = re.findall(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return {name.rpartition(":")[2]: unescape(double or single) for name, double, single in found}


def formulas_in(text: Any) -> list[list[int]]:
    """The cells of a sheet's part that are formulas, a run of rows in one column as [column, first row, last row]."""
    runs: dict[int, list[list[int]]] = {}
    row = column = count = 0
    before = ""

    def add(at: int, first: int, last: int) -> None:
        nonlocal count
        known = runs.setdefault(at, [])
        if known and first <= known[-1][2] + 1:
            known[-1][2] = max(known[-1][2], last)
        else:
            known.append([at, first, last])
            count += 1
        if count > MOST_FORMULAS:
            refuse("too_heavy")

    def begin(tag: str, told: dict[str, str]) -> None:
        nonlocal row, column, before
        name = tag.rpartition(":")[2]
        if name == "row":
            row, column = int(told.get("r", row + 1)), -1
        elif name == "c":
            column = place(told["r"])[0] if "r" in told else column + 1
        elif name == "f" and before == "c":  # of a cell: an f elsewhere belongs to lists of choices and the like
            add(column, row, row)
            if told.get("t") in ("array", "dataTable") and "ref" in told:  # one formula that fills several cells
                (left, top), (right, bottom) = (place(end) for end in (told["ref"].split(":") * 2)[:2])
                for at in range(left, min(right, left + 255) + 1):
                    add(at, top, bottom)
        before = name

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.ParseFile(text)
    return [run for column in sorted(runs) for run in runs[column]]


def place(address: str) -> tuple[int, int]:
    """Column, from 0, and row of an address. Raises ValueError."""
    found = ADDRESS.fullmatch(address)
    if not found:
        raise ValueError(address)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(found[2])


def put(value: Any) -> None:
    """Print one line."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def refuse(code: str) -> NoReturn:
    """Say why, and end."""
    put({"refused": code})
    sys.exit(REFUSED)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        refuse("too_heavy")
