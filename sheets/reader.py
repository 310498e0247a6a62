"""Rows of a workbook somebody sent, read by a child process that may die without taking us along.

    with reader.opened(path) as book:
        for batch in book.batches(): …

The gate looks first (sheets/gate.py); then sheets/child.py parses under limits of its own, and a clock here ends it.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from sheets import gate
from sheets.refusals import MOST_COLUMNS, MOST_ROWS, WORDS, SheetRefused

CHILD: Final = Path(__file__).with_name("child.py")
SECONDS: Final = 60.0  # by the clock on the wall, our own work on the rows included
LONGEST_LINE: Final = 64 << 20

Formulas = dict[int, list[tuple[int, int]]]
Row = list[Any]  # its number as Excel counts, from 1, then its cells from column A on


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: its place among them, its name, and whether Excel hides it."""

    number: int
    name: str
    is_hidden: bool


@dataclass(frozen=True)
class Book:
    """An open workbook: which sheet is read, how many rows and columns it spans, which of its rows Excel hides, and
    where its formulas are: the runs of rows (first, last) by column, from 0. An .xls tells neither of the two."""

    sheets: tuple[Sheet, ...]
    sheet: Sheet
    height: int
    width: int
    hidden_rows: frozenset[int]
    formulas: Formulas
    _lines: Iterator[Any]

    def batches(self) -> Iterator[list[Row]]:
        """The rows from the first that holds anything on, some hundred at a time. Raises SheetRefused."""
        yield from self._lines

    def rows(self) -> Iterator[Row]:
        """The same rows one by one."""
        for batch in self._lines:
            yield from batch


@contextmanager
def opened(
    path: Path, *, sheet: int | None = None, only: int = 0, most_rows: int = MOST_ROWS, seconds: float = SECONDS
) -> Iterator[Book]:
    """Read sheet number `sheet` (from 0), or the first that is not hidden; `only` so many rows, 0 for all.

    Raises SheetRefused: at once for what the gate or the first look finds, or while the rows are taken. When the block
    ends the child has ended, too, whether it was read to the end or not.
    """
    kind = gate.examine(path)
    wanted = "" if sheet is None else str(sheet)
    given = [str(path.resolve()), kind, wanted, str(most_rows), str(MOST_COLUMNS), str(only)]
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), *given],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"}, close_fds=True, cwd=os.sep,
    )  # fmt: skip
    clock = threading.Timer(seconds, child.kill)
    clock.daemon = True
    clock.start()
    assert child.stdout is not None
    try:
        lines = _lines(child, child.stdout)
        yield _book(next(lines, None), lines)
    finally:
        clock.cancel()
        child.stdout.close()
        child.kill()
        child.wait()


def _lines(child: subprocess.Popen, out: IO[bytes]) -> Iterator[Any]:
    """What the child tells, line by line; SheetRefused where it says so, or breaks off."""
    while line := out.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise SheetRefused("too_heavy")
        try:
            told = json.loads(line)
        except ValueError:
            raise SheetRefused("broken") from None
        if isinstance(told, dict) and "refused" in told:
            raise SheetRefused(told["refused"] if told["refused"] in WORDS else "broken")
        yield told
    if ended := child.wait():  # a negative number: killed, by its limits or by the clock
        raise SheetRefused("too_heavy" if ended < 0 else "broken")


def _book(told: Any, lines: Iterator[Any]) -> Book:
    if not isinstance(told, dict):
        raise SheetRefused("broken")
    try:
        sheets = tuple(Sheet(n, name, hidden) for n, (name, hidden) in enumerate(told["sheets"]))
        formulas: Formulas = {}
        for column, first, last in told["formulas"]:
            formulas.setdefault(column, []).append((first, last))
        hidden = frozenset(told["hidden"])
        return Book(sheets, sheets[told["sheet"]], told["height"], told["width"], hidden, formulas, lines)
    except (LookupError, TypeError, ValueError):
        raise SheetRefused("broken") from None
