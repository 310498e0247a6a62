"""Rows by the batch: each cell with its address, and nothing that is kept from an earlier one told wrongly."""

import tracemalloc
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from sheets import lines, writer
from sheets.layout import Column, Layout
from sheets.lines import Lines
from sheets.writer import write

COLUMNS = [Column("序号", 6, "int"), Column("党组织", 9), Column("日期", 12, "date")]


def texts(path, first=4):
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows(min_row=first)]


def test_a_row_as_it_stands_in_the_file():
    rows = Lines(COLUMNS, [3, 4, 5]).xml(9, [(1, None), ("甲<乙>", "一二三四五"), (date(2021, 3, 15), "2021.03")])
    assert rows.decode() == (
        '<row r="9"><c r="A9" s="3"><v>1</v></c>'
        '<c r="B9" s="4" t="inlineStr"><is><t>甲&lt;乙&gt;</t></is></c><c r="C9" s="5"><v>44270</v></c></row>'
        '<row r="10" ht="33"><c r="A10" s="3"/>'
        '<c r="B10" s="4" t="inlineStr"><is><t>一二三四五</t></is></c>'
        '<c r="C10" s="5" t="inlineStr"><is><t>2021.03</t></is></c></row>'
    )


def test_equal_values_that_read_differently_stay_apart(tmp_path):
    path = tmp_path / "equal.xlsx"
    told = ["1", 1, True, 1.0, Decimal("1.00"), None, ""]
    write(path, Layout("文本", [Column("一"), Column("二", kind="number")], footer=False), [(v, v) for v in told])
    rows = texts(path)
    assert [row[0] for row in rows] == ["1", "1", "True", "1.0", "1.00", None, None]
    assert [row[1] for row in rows] == ["1", 1, 1, 1, 1, None, None]


@pytest.mark.parametrize("kept", [1, 3, 4096])
def test_what_is_kept_and_forgotten_between_batches_changes_nothing(tmp_path, monkeypatch, kept):
    monkeypatch.setattr(lines, "KEPT", kept)
    monkeypatch.setattr(writer, "BATCH_ROWS", 2)
    path = tmp_path / "batches.xlsx"
    names = ["甲", "甲", "乙", "一二三四五", "甲", "乙", "一二三四五", "丙", "丁", "戊", "甲", "\n"]
    write(path, Layout("台账", COLUMNS, footer=False), [(n, name, None) for n, name in enumerate(names)])
    assert [row[:2] for row in texts(path)] == [[n, name] for n, name in enumerate(names)]
    heights = load_workbook(path).worksheets[0].row_dimensions
    assert [heights[4 + n].height for n in range(12)] == [
        33 if len(name) > 4 or name == "\n" else None for name in names
    ]


def test_texts_that_never_come_again_are_not_kept_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "KEPT", 1000)

    def peak(count):
        tracemalloc.start()
        write(tmp_path / "new.xlsx", Layout("台账", COLUMNS), ((n, f"第{n}" * 9, None) for n in range(count)))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(12_000) < peak(3_000) + 500_000
