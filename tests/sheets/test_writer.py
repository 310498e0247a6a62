"""The one writer of spreadsheets: what goes in comes out, nothing is ever a formula, the form is the official one."""

import csv
import re
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from sheets import writer
from sheets.cells import LONGEST, readable
from sheets.layout import Column, Layout
from sheets.writer import SHEET, write

COLUMNS = [
    Column("序号", 6, "int"),
    Column("党组织", 34),
    Column("应到", 8, "int", group="人数"),
    Column("实到", 8, "int", group="人数"),
    Column("到会率", 8, "number"),
    Column("日期", 12, "date"),
]
LAYOUT = Layout("组织生活会台账", COLUMNS, "青少年宫党支部", "次", notes=[("导出人", "周明"), ("筛选条件", "=1+1")])
ROWS = [
    (1, "=1+1", 8, 7, Decimal("87.5"), date(2021, 3, 15)),
    (2, "  两端空格  ", 0, None, "—", None),
    (3, "第一行\n第二行 & <三>", 8, 8, 100.0, "2021.03"),
]
FIRST = 5  # two rows above the headings, two rows of headings

TRICKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "1e5", "0012", "TRUE", "#N/A", " ", "  a "]
TRICKY += [
    "a\n\nb\n",
    "_x000D_",
    "_x0041_x0042_",
    "]]>",
    "&amp;",
    "<f>1</f>",
    "\x00",
    "a\x1fb",
    "\ud800",
    "\ufffe",
    "😀",
]
ANY_TEXT = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(codec=None), max_size=40))


def cells(path, sheet=0, first=1):
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows(min_row=first)]


def one_column(texts):
    return Layout("文本", [Column("一"), Column("二"), Column("三")], footer=False), [
        (text, "尾", text) for text in texts
    ]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ANY_TEXT, min_size=100, max_size=100))
def test_ten_thousand_texts_come_back_as_text_and_none_is_a_formula(tmp_path, texts):
    path = tmp_path / "texts.xlsx"
    layout, rows = one_column(texts)
    assert write(path, layout, rows) == 100
    assert not re.search(rb"<f[ >/]", ZipFile(path).read(SHEET))
    wanted = [readable(text).replace("\x1f", "") for text in texts]
    by_openpyxl = [(row[0], row[2]) for row in cells(path, first=4)]
    assert [tuple(unescape(cell or "") for cell in pair) for pair in by_openpyxl] == [(word, word) for word in wanted]
    by_calamine = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)[3:]
    assert [row[0] for row in by_calamine] == wanted


def test_values_keep_their_kind(tmp_path):
    path = tmp_path / "kinds.xlsx"
    write(path, LAYOUT, ROWS)
    day = datetime(2021, 3, 15)
    assert cells(path, first=FIRST)[:3] == [
        [1, "=1+1", 8, 7, 87.5, day],
        [2, "  两端空格  ", 0, None, "—", None],
        [3, "第一行\n第二行 & <三>", 8, 8, 100, "2021.03"],
    ]


def test_moments_are_told_in_local_time_and_old_days_as_text(tmp_path):
    path = tmp_path / "moments.xlsx"
    columns = [Column("时间", kind="datetime"), Column("日期", kind="date"), Column("数", kind="int")]
    rows = [
        (datetime(2021, 3, 15, 16, 30, tzinfo=UTC), datetime(2021, 3, 15, 16, 30, tzinfo=UTC), 10**18),
        (datetime(2021, 3, 15, 9, 0), date(1899, 12, 31), True),
        (None, date(1900, 3, 1), float("nan")),
    ]
    write(path, Layout("时间", columns, footer=False), rows)
    assert cells(path, first=4) == [
        [datetime(2021, 3, 16, 0, 30), datetime(2021, 3, 16), str(10**18)],
        [datetime(2021, 3, 15, 9, 0), "1899-12-31", 1],
        [None, datetime(1900, 3, 1), "nan"],
    ]


def test_the_form_is_the_official_one(tmp_path):
    path = tmp_path / "form.xlsx"
    write(path, LAYOUT, ROWS)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.title == sheet["A1"].value == "组织生活会台账"
    assert (sheet["A1"].font.name, sheet["A1"].font.size) == ("方正小标宋简体", 18)
    assert (sheet["B5"].font.name, sheet["B5"].font.size) == ("仿宋_GB2312", 11)
    line = [cell.value for cell in sheet[2] if cell.value]
    assert line == ["填报单位(盖章):青少年宫党支部", "填报日期:    年  月  日", "单位:次"]
    assert [cell.value for cell in sheet[3]] == ["序号", "党组织", "人数", None, "到会率", "日期"]
    assert [cell.value for cell in sheet[4]] == [None, None, "应到", "实到", None, None]
    assert sheet["A8"].value.split() == ["党组织负责人(签字):", "审核人:", "填表人:", "联系电话:"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A1:F1", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "A8:F8"} <= merged
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert cells(path, sheet=1) == [["导出人", "周明"], ["筛选条件", "=1+1"], ["数据行数", 3]]


@pytest.mark.parametrize("total", ["first", "last"])
def test_the_total_stands_where_the_form_wants_it(tmp_path, total):
    path = tmp_path / "total.xlsx"
    layout = Layout("统计表", COLUMNS, total=total)
    assert write(path, layout, ROWS) == 3
    rows = cells(path, first=FIRST)
    assert rows[0 if total == "first" else 3] == ["合计", None, 16, 15, "—", None]
    assert [row[0] for row in rows[:4] if row[0] != "合计"] == [1, 2, 3]
    assert rows[4][0].startswith("党组织负责人")
    assert "A9:F9" in {str(cells) for cells in load_workbook(path).worksheets[0].merged_cells.ranges}


@pytest.mark.parametrize("total", ["first", "last"])
def test_a_section_stands_below_its_own_sum_and_the_total_counts_each_row_once(tmp_path, total):
    path = tmp_path / "sections.xlsx"
    layout = Layout("台账", COLUMNS, total=total, counted="次")
    sections = [("", ROWS[:1]), ("甲总支", ROWS), ("乙总支", ROWS[2:])]
    assert writer.write_sections(path, layout, sections) == 5
    rows = cells(path, first=FIRST)
    whole = rows.pop(0) if total == "first" else rows.pop(7)
    assert whole == ["合计", "共5次", 32, 30, "—", None]
    assert [row[:4] for row in rows[:7]] == [
        [1, "=1+1", 8, 7],
        ["小计", "甲总支 共3次", 16, 15],
        [1, "=1+1", 8, 7],
        [2, "  两端空格  ", 0, None],
        [3, "第一行\n第二行 & <三>", 8, 8],
        ["小计", "乙总支 共1次", 8, 8],
        [3, "第一行\n第二行 & <三>", 8, 8],
    ]
    assert rows[7][0].startswith("党组织负责人")


def test_a_sum_is_as_high_as_the_name_of_its_section(tmp_path):
    path = tmp_path / "high.xlsx"
    writer.write_sections(path, Layout("台账", COLUMNS, total="last", counted="次"), [("长名总支" * 6, ROWS[:1])])
    assert load_workbook(path).worksheets[0].row_dimensions[FIRST].height == 15 * 2 + 3


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_narrow_table_keeps_its_unit_line_and_an_empty_one_its_form(tmp_path, columns):
    path = tmp_path / "narrow.xlsx"
    layout = Layout("a/b:[c]*?'" + "长" * 40, [Column("一")] * columns, "某支部", "个")
    assert write(path, layout, []) == 0
    sheet = load_workbook(path).worksheets[0]
    assert "".join(cell.value or "" for cell in sheet[2]).split()[0] == "填报单位(盖章):某支部" or columns == 3
    assert sheet["A4"].value.startswith("党组织负责人")
    assert len(sheet.title) == 31


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path):
    path = tmp_path / "long.xlsx"
    layout, rows = one_column(["长" * (LONGEST + 1), "😀" * LONGEST, "短"])
    write(path, layout, rows)
    first, second, third = (row[0] for row in cells(path, first=4))
    assert first.endswith("完整内容见系统)") and second.endswith("完整内容见系统)") and third == "短"
    assert max(len(text.encode("utf-16-le")) // 2 for text in (first, second)) <= LONGEST


def test_a_row_is_as_high_as_its_longest_text(tmp_path):
    path = tmp_path / "high.xlsx"
    layout = Layout("议程", [Column("议程", 21), Column("人数", 40, "int")], total="last")
    write(path, layout, [("短", 1), ("研究部署全年工作" * 5, 2), ("一\n二\n三", 3), ("长" * 5000, 4)])
    heights = load_workbook(path).worksheets[0].row_dimensions
    assert [heights[row].height for row in range(4, 8)] == [None, 15 * 4 + 3, 15 * 3 + 3, 409]
    assert heights[9].height > 15 + 3  # the signatures under a narrow table


def test_more_rows_than_a_sheet_holds_are_refused_in_clear_words(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "LAST_ROW", 1000)
    path = tmp_path / "many.xlsx"
    with pytest.raises(ValidationError, match="1000"):
        write(path, LAYOUT, [ROWS[0]] * 996)
    assert not path.exists()
    assert write(path, LAYOUT, [ROWS[0]] * 995) == 995


def test_a_row_of_the_wrong_length_is_an_error_and_leaves_no_file(tmp_path):
    path = tmp_path / "wrong.xlsx"
    with pytest.raises(ValueError, match="shorter|longer"):
        write(path, LAYOUT, [ROWS[0], ROWS[0][:3]])
    assert not path.exists()


def test_stopping_from_tick_leaves_no_file(tmp_path):
    class Stop(Exception):
        pass

    def tick(done, total):
        raise Stop(done)

    path = tmp_path / "stopped.xlsx"
    with pytest.raises(Stop, match="500"):
        write(path, LAYOUT, [ROWS[0]] * 900, tick=tick)
    assert not path.exists()


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(rows):
        tracemalloc.start()
        write(tmp_path / "big.xlsx", LAYOUT, (ROWS[n % 3] for n in range(rows)))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(20_000) < peak(2_000) + 1_000_000


@pytest.mark.soffice
def test_libreoffice_shows_the_same_cells(tmp_path, soffice):
    path = tmp_path / "ledger.xlsx"
    texts = [readable(text) for text in TRICKY if readable(text).strip() and "\x1f" not in text]
    layout, rows = one_column(texts)
    write(path, layout, rows)
    shown = list(
        csv.reader(soffice(path, "csv:Text - txt - csv (StarCalc):44,34,76,1").read_text("utf-8").splitlines(True))
    )
    assert [row[0] for row in shown[3:]] == texts
    again = load_workbook(soffice(path, "xlsx:Calc MS Excel 2007 XML")).worksheets[0]
    assert {cell.data_type for row in again.iter_rows(min_row=4) for cell in row} == {"s"}
    assert [row[0].value for row in again.iter_rows(min_row=4)] == texts


@pytest.mark.soffice
def test_libreoffice_prints_the_form_on_landscape_pages(tmp_path, soffice):
    path = tmp_path / "printed.xlsx"
    write(path, LAYOUT, ROWS * 40)
    pdf = soffice(path, "pdf").read_bytes()
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)]
    assert len(boxes) >= 3 and all(right > top for _, _, right, top in boxes[:3])
