"""What is not let in: each hostile file within a second, under 150 MB, with its own words; and what must be let in."""

import random
import resource
import struct
import subprocess
import sys
import time
from contextlib import nullcontext
from io import BytesIO
from zipfile import ZipFile

import pytest

from sheets import gate, reader
from sheets.refusals import WORDS, SheetRefused
from tests.sheets import books

SECONDS, MEGABYTES = 1.0, 150
NOISE = random.Random(5)
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'


def wide(count):
    """A row of so many cells that say not where they stand, too uneven to be packed well."""
    cells = "".join(f"<c><v>{NOISE.random()}</v></c>" for _n in range(count))
    return books.packed(books.parts(sheet1=books.sheet(f'<row r="1">{cells}</row>')))


def long(count):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{NOISE.random()}</v></c></row>' for n in range(1, count + 1))
    return books.packed(books.parts(sheet1=books.sheet(rows)))


def corners():
    """Two cells in opposite corners: a parser that makes a table of it needs 17 thousand million cells."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="IV1048576"><v>1</v></c></row>'
    return books.packed(books.parts(sheet1=books.sheet(far)))


HOSTILE = {
    # what: (bytes, code of the refusal)
    "nothing": lambda: (b"", "empty"),
    "text": lambda: (b"\xe5\xa7\x93,1\n" * 500, "not_a_sheet"),
    "a page called .xls": lambda: (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_sheet"),
    "another zip": lambda: (books.packed({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "not_a_sheet"),
    "more than 15 MB": lambda: (b"PK\x03\x04" + bytes(15_000_000), "too_big"),
    "cut off": lambda: (books.packed(books.parts())[:-200], "broken"),
    "a byte turned": lambda: (turned(), "broken"),
    "1 GB of blanks": lambda: (books.bomb(), "inflates"),
    "says it is small": lambda: (books.lying(books.sheet(" " * 500_000), 900), "lies"),
    "says it is large": lambda: (books.lying(books.sheet(), 900_000), "lies"),
    "parts that share bytes": lambda: (books.twice_the_same_bytes(), "lies"),
    "a name twice": lambda: (doubled(), "lies"),
    "2,000 parts": lambda: (
        books.packed({**books.parts(), **{f"xl/x{n}.xml": "<x/>" for n in range(2000)}}), "inflates"
    ),
    "entities": lambda: (books.packed(books.parts(sheet1=DOCTYPE + books.sheet()[38:])), "doctype"),
    "entities in another encoding": lambda: (
        books.packed(books.parts(sheet1=(DOCTYPE + books.sheet()[38:]).encode("utf-16"))), "doctype"
    ),
    "entities across two pieces": lambda: (
        books.packed(books.parts(sheet1=books.HEAD + NOISE.randbytes(gate.PIECE // 2).hex()[: gate.PIECE - len(
            books.HEAD) - 4] + DOCTYPE[21:])), "doctype"
    ),
    "macros": lambda: (books.packed({**books.parts(), "xl/vbaProject.bin": "x"}), "macros"),
    "macros of the old sort": lambda: (books.packed({**books.parts(), "xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "an .xlsm by its types": lambda: (
        books.packed(books.parts(**{"[Content_Types]": books.TYPES.replace("sheet.main", "sheet.macroEnabled.main")})),
        "macros",
    ),
    "a cell far to the right": lambda: (
        books.packed(books.parts(sheet1=books.sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))), "too_many_columns"
    ),
    "a million columns": lambda: (wide(1_000_000), "too_many_columns"),
    "60,001 rows": lambda: (long(60_001), "too_many_rows"),
    "opposite corners": lambda: (corners(), "too_heavy"),
    "a workbook under a password": lambda: (books.container("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "an .xls under a password": lambda: (
        books.container("Workbook", stream=struct.pack("<HHHH", 0x809, 16, 0x600, 5) + bytes(12)
                        + struct.pack("<HH", 0x2F, 6)), "encrypted"
    ),
    "an .xls with macros": lambda: (books.container("Workbook", "_VBA_PROJECT_CUR"), "macros"),
    "a letter by Word": lambda: (books.container("WordDocument"), "not_a_sheet"),
    "an .xls of nothing": lambda: (books.container("Workbook"), "broken"),
    "no more than a head": lambda: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "broken"),
}  # fmt: skip
PROGRAM = """
import sys, resource
from pathlib import Path
from sheets import reader
from sheets.refusals import SheetRefused
try:
    with reader.opened(Path(sys.argv[1])) as book:
        for batch in book.batches(): pass
    code = "read"
except SheetRefused as refusal:
    code = refusal.code
own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(code, int(own.split()[1]) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def spent():
    """Seconds of the processor, of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def turned():
    raw = bytearray(books.packed(books.parts(sheet1=books.sheet("".join(
        f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(1, 3000))))))  # fmt: skip
    at = raw.find(b"xl/worksheets/sheet1.xml") + 24 + 3000
    raw[at : at + 400] = bytes(400)
    return bytes(raw)


def doubled():
    out = BytesIO(books.packed(books.parts()))
    with pytest.warns(UserWarning), ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", books.sheet())
    return out.getvalue()


LARGE = ("1 GB of blanks", "a million columns")


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=pytest.mark.slow) if what in LARGE else what for what in HOSTILE]
)
def test_a_hostile_file_is_refused_at_once_and_cheaply(tmp_path, what):
    """Memory is measured in a process of its own, the gate's and its child's; time is that of the processor, of both."""
    raw, code = HOSTILE[what]()
    path = tmp_path / "roster.xlsx"
    path.write_bytes(raw)
    before = spent()
    with pytest.raises(SheetRefused) as refused, reader.opened(path) as book:
        for _batch in book.batches():
            pass
    took = spent() - before
    assert refused.value.code == code
    assert str(refused.value) == str(WORDS[code])
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True)
    told, own, child = done.stdout.split()
    assert (told, int(own) <= MEGABYTES, int(child) <= MEGABYTES) == (code, True, True), done.stdout
    assert took <= SECONDS


@pytest.mark.parametrize("opening", ["<c>", '<c t="n">'])
@pytest.mark.parametrize(("cells", "rows", "is_let_in"), [(256, 200, True), (300, 200, False), (60_000, 1, False)])
def test_a_crowded_row_is_refused_before_anything_parses_it(tmp_path, opening, cells, rows, is_let_in):
    """Cells that say not where they stand: 256 in each of many rows are a table; one more is for the child to count."""
    path = tmp_path / "wide.xlsx"
    row = "".join(f"{opening}<v>{NOISE.random()}</v></c>" for _n in range(cells))
    path.write_bytes(books.packed(books.parts(sheet1=books.sheet(f"<row>{row}</row>" * rows))))
    with nullcontext() if is_let_in else pytest.raises(SheetRefused, match=str(WORDS["too_many_columns"])[:10]):
        assert gate.examine(path) == "xlsx"


def test_the_child_dies_alone(tmp_path):
    """The parser is driven out of memory; the process that asked goes on."""
    path = tmp_path / "corners.xlsx"
    path.write_bytes(corners())
    with pytest.raises(SheetRefused, match=str(WORDS["too_heavy"])[:10]), reader.opened(path) as book:
        list(book.batches())
    path.write_bytes(books.packed(books.parts()))
    with reader.opened(path) as book:
        assert list(book.rows()) == [[1, "姓名"]]


def test_a_child_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    slow = tmp_path / "child.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(reader, "CHILD", slow)
    path = tmp_path / "small.xlsx"
    path.write_bytes(books.packed(books.parts()))
    begin = time.monotonic()
    with pytest.raises(SheetRefused) as refused, reader.opened(path, seconds=0.3):
        pass
    assert refused.value.code == "too_heavy" and time.monotonic() - begin < 5


@pytest.mark.parametrize(
    ("program", "code"),
    [("print('no json')", "broken"), ("print('[]')", "broken"), ("print('{}')", "broken"), ("1 / 0", "broken"),
     ("print('{\"refused\": \"made up\"}')", "broken"), ("", "broken"), ("import os\nos.abort()", "too_heavy"),
     ("print('{\"sheets\": [[\"a\", false]], \"sheet\": 5, \"height\": 1, \"width\": 1, \"hidden\": []}')", "broken")],
)  # fmt: skip
def test_whatever_the_child_says_or_does_is_a_refusal(tmp_path, monkeypatch, program, code):
    """A parser taken over by a file can tell us lines, and lines we do not understand are no more than that."""
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(reader, "CHILD", child)
    path = tmp_path / "small.xlsx"
    path.write_bytes(books.packed(books.parts()))
    with pytest.raises(SheetRefused) as refused, reader.opened(path) as book:
        list(book.batches())
    assert refused.value.code == code


def test_the_child_is_gone_when_the_block_ends(tmp_path):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(long(20_000))
    with reader.opened(path) as book:
        child = book._lines.gi_frame.f_locals["child"]
        next(book.batches())
    assert child.poll() is not None


def test_what_offices_send_comes_in(tmp_path):
    for raw, height in ((books.packed(books.parts()), 1), (long(60_000), 60_000)):
        path = tmp_path / "roster.bin"  # the name says nothing
        path.write_bytes(raw)
        with reader.opened(path) as book:
            assert book.height == height == sum(len(batch) for batch in book.batches())


@pytest.mark.slow
def test_each_refusal_has_words_of_its_own():
    assert len({str(words) for words in WORDS.values()}) == len(WORDS)
    used = {code for _raw, code in (make() for name, make in HOSTILE.items() if "GB" not in name)} | {"inflates"}
    assert used | {"no_rows"} == set(WORDS)
