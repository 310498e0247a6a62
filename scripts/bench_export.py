"""The writer of spreadsheets beside openpyxl, beside the barest XML, and its memory: part of scripts/bench.py.

`python -m scripts.bench_export 20000` writes so many rows and prints the peak of its memory in MB.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection, transaction
from openpyxl import Workbook

from sheets.layout import CellKind, Column, Layout
from sheets.writer import write

KINDS: tuple[CellKind, ...] = ("int", *(("text",) * 8), "int", "int", "date", "text", "text")
LAYOUT = Layout("党支部会议台账", [Column(f"第{n}栏", kind=kind) for n, kind in enumerate(KINDS, 1)], "示例党委", "人")
DAY = date(2021, 3, 15)
SENTENCE = "认真开展批评和自我批评,形成共识,制定整改措施并逐项落实到人,限期完成、年底通报。"
ROUNDS = 3
MORE_ROWS = 5  # memory is compared at a tenth of the rows and at this many times the rows
MAY_GROW_MB, MOST_MB = 10, 100
TABLE = f"""CREATE TEMPORARY TABLE bench_rows AS
SELECT n AS a, '示例第' || n %% 997 || '党支部' AS b, '组织生活会' AS c, '主题<' || n || '>' AS d,
'会议室 & 活动室' AS e, '主持人' AS f, '记录人' AS g, '已归档' AS h, '线下' AS i, n %% 60 AS j, n %% 55 AS k,
DATE '{DAY}' + n %% 2000 AS l, '{SENTENCE}' AS m, '系统' AS n FROM generate_series(0, %s - 1) AS n"""
ESCAPED = "replace(replace(replace({0}::text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
CELL = f"'<c t=\"inlineStr\"><is><t>' || {ESCAPED} || '</t></is></c>'"
RENDERED = "COPY (SELECT '<row>' || %s || '</row>' FROM bench_rows) TO STDOUT"


class Figure(NamedTuple):
    """One line of the result; `ratio` is what a budget limits, where there is one."""

    floor: float
    ours: float
    ratio: float
    budget: float | None
    unit: str


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Invented meetings: Chinese text, dates, whole numbers, a sentence of forty characters."""
    for n in range(count):
        branch, day = f"示例第{n % 997}党支部", DAY + timedelta(days=n % 2000)
        told = (branch, "组织生活会", f"主题<{n}>", "会议室 & 活动室", "主持人", "记录人", "已归档", "线下")
        yield n, *told, n % 60, n % 55, day, SENTENCE, "系统"


def measure(count: int) -> dict[str, Figure]:
    """CPU of `count` rows written by us and by the two floors, and how our memory grows."""
    with tempfile.TemporaryDirectory(prefix="branchlife-bench-") as folder:
        path = Path(folder) / "rows.xlsx"
        writers: tuple[Callable[[Path, int], object], ...] = (with_openpyxl, with_bare_xml, with_ours)
        seconds: dict[Callable[[Path, int], object], list[float]] = {writer: [] for writer in writers}
        for _round in range(ROUNDS):
            for writer in writers:  # in turn: a busy moment of the machine meets all
                began = time.process_time()
                writer(path, count)
                seconds[writer].append(time.process_time() - began)
    openpyxl, bare, ours = (statistics.median(seconds[writer]) for writer in writers)
    few, many = peak(count // 10), peak(count * MORE_ROWS)
    return _from_postgresql(count) | {
        "export": Figure(openpyxl, ours, ours / openpyxl, 0.15, "s CPU"),
        "export, bare XML": Figure(bare, ours, ours / bare, 1.6, "s CPU"),
        "export, memory": Figure(few, many, many / few, (few + MAY_GROW_MB) / few, "MB"),
        "export, most memory": Figure(1, many, many, MOST_MB, "MB"),
    }


def _from_postgresql(count: int) -> dict[str, Figure]:
    """From the database to the file beside COPY, which lets the server render the XML; none on another database.

    The CPU of the server's process counts with ours, where it runs on this machine. The floor has no styles, no cell
    addresses and no heights; decision 20 tells what ours spends on them.
    """
    if connection.vendor != "postgresql":
        return {}
    with tempfile.TemporaryDirectory(prefix="branchlife-bench-") as folder, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TABLE, [count])
            cursor.execute("SELECT pg_backend_pid()")
            server = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        ways: tuple[Callable[[Path], object], ...] = (_copied, _read_and_written)
        seconds: dict[Callable[[Path], object], list[float]] = {way: [] for way in ways}
        for _round in range(ROUNDS):
            for way in ways:
                began = time.process_time() + spent(server)
                way(Path(folder) / "rows.xlsx")
                seconds[way].append(time.process_time() + spent(server) - began)
        transaction.set_rollback(True)
    floor, ours = (statistics.median(seconds[way]) for way in ways)
    return {"export, PostgreSQL's COPY": Figure(floor, ours, ours / floor, 1.6, "s CPU")}


def spent(process: Path) -> float:
    """The CPU seconds of a process by its file in /proc, 0 where it is not on this machine."""
    if not process.exists():
        return 0
    user, system = process.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _copied(path: Path) -> None:
    cells = " || ".join(CELL.format(name) for name in "abcdefghijklmn")
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive, archive.open("sheet.xml", "w") as sheet:
        connection.connection.cursor().copy_expert(RENDERED % cells, sheet)


def _read_and_written(path: Path) -> None:
    with connection.connection.cursor(name="bench") as cursor:
        cursor.itersize = 2000
        cursor.execute("SELECT * FROM bench_rows")
        write(path, LAYOUT, cursor)


def with_ours(path: Path, count: int) -> None:
    write(path, LAYOUT, rows(count))


def with_openpyxl(path: Path, count: int) -> None:
    """The fastest way openpyxl itself has, without styles."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def with_bare_xml(path: Path, count: int) -> None:
    """The limit: escaped text in a zip, no styles, no cell addresses, nothing checked."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive, archive.open("sheet.xml", "w") as sheet:
        for row in rows(count):
            cells = "".join([f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' for value in row])
            sheet.write(f"<row>{cells}</row>".encode())


def peak(count: int) -> float:
    """The peak memory in MB of a process that writes `count` rows and does nothing else."""
    command = [sys.executable, "-m", "scripts.bench_export", str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with tempfile.TemporaryDirectory() as scratch:
        with_ours(Path(scratch) / "rows.xlsx", int(sys.argv[1]))
    # Not ru_maxrss, which a process takes over from the one that started it.
    peak_line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak_line.split()[1]) / 1024)
