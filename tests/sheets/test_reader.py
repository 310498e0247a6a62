"""What comes out of a workbook: rows by number, merged cells, days, hidden rows, any sheet; and the sheets handed back."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from python_calamine import CalamineWorkbook

from sheets import child, reader
from sheets.faults import Fault, shown, write_faults
from sheets.layout import Column, Layout
from sheets.refusals import SheetRefused
from sheets.template import EXAMPLE, write_template


@pytest.fixture
def book(tmp_path):
    """A workbook as an office sends it: first sheet hidden, a title, merged headings, a hidden row, an empty one."""
    book = Workbook()
    book.active.title = "字典"
    book.active["A1"] = "男"
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("花名册")
    sheet["B2"] = "党员花名册"
    sheet.merge_cells("B2:E2")
    for place, value in {"B3": "姓名", "C3": "入党", "C4": "时间", "D4": "转正", "E3": "支部"}.items():
        sheet[place] = value
    sheet.append([None, "张三", date(2003, 7, 1), 2004.07, "第一支部"])
    sheet.append([None, "李四", datetime(2003, 7, 1, 9, 30), True])
    sheet.append([])
    sheet.append([None, "王五", "  2003.07 ", 4.1e17])
    for cells in ("B3:B4", "C3:D3", "E3:E4", "E5:E6"):
        sheet.merge_cells(cells)
    sheet.row_dimensions[6].hidden = True
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def read(path, **options):
    with reader.opened(path, **options) as book:
        return book, list(book.rows())


def test_rows_come_with_their_numbers_and_what_merged_cells_show(book):
    told, rows = read(book)
    assert [(sheet.name, sheet.is_hidden) for sheet in told.sheets] == [("字典", True), ("花名册", False)]
    assert (told.sheet.name, told.height, told.width, told.hidden_rows) == ("花名册", 7, 5, {6})
    title = "党员花名册"
    assert [[cell or None for cell in row] for row in rows] == [
        [2, None, title, title, title, title],
        [3, None, "姓名", "入党", "入党", "支部"],
        [4, None, "姓名", "时间", "转正", "支部"],
        [5, None, "张三", {"d": "2003-07-01"}, 2004.07, "第一支部"],
        [6, None, "李四", {"d": "2003-07-01 09:30"}, True, "第一支部"],
        [7, None, None, None, None, None],
        [8, None, "王五", "  2003.07 ", 4.1e17, None],
    ]


def test_a_sheet_is_chosen_and_a_beginning_is_enough(book):
    assert read(book, sheet=0)[1] == [[1, "男"]]
    assert [row[0] for row in read(book, only=3)[1]] == [2, 3, 4]
    with pytest.raises(SheetRefused) as refused:
        read(book, sheet=7)
    assert refused.value.code == "no_rows"


def test_an_empty_sheet_has_no_rows(tmp_path):
    path = tmp_path / "empty.xlsx"
    Workbook().save(path)
    with pytest.raises(SheetRefused) as refused:
        read(path)
    assert refused.value.code == "no_rows"


@pytest.mark.soffice
def test_an_old_xls_reads_like_its_xlsx(book, soffice):
    told, rows = read(soffice(book, "xls"), sheet=1)
    assert told.sheet.name == "花名册"
    assert [[cell or None for cell in row] for row in rows] == [[cell or None for cell in row] for row in read(book)[1]]


def test_faults_are_handed_back_as_a_sheet(tmp_path):
    path = tmp_path / "faults.xlsx"
    faults = [Fault(7, "出生年月", "=1+1", "请写成 1985-06。"), Fault(8, "手机", "", "未导入。", is_note=True)]
    assert write_faults(path, "问题清单", faults, notes=[("文件", "花名册.xlsx")]) == 2
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[2:] for row in rows[-2:]] == [["出生年月", "=1+1", "请写成 1985-06。"], ["手机", "", "未导入。"]]
    assert [row[0] for row in rows[-2:]] == [7.0, 8.0] and rows[-1][1] != rows[-2][1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (1985.0, "1985"), (2003.07, "2003.07"), ({"d": "2003-07-01"}, "2003-07-01"), ("x" * 90, "x" * 60 + "…"),
     (4.1e17, "4.1e+17")],
)  # fmt: skip
def test_a_fault_quotes_a_cell_as_it_stands(cell, text):
    assert shown(cell) == text


def test_a_template_shows_how_to_fill_it_in(tmp_path):
    path = tmp_path / "template.xlsx"
    layout = Layout("党员花名册", [Column("序号"), Column("姓名"), Column("入党时间")], total="last")
    write_template(path, layout, ("", "张三", "2003-07"), [("入党时间", "可以只写到年或月。")])
    rows = list(read(path)[1])
    assert rows[2][1:] == ["序号", "姓名", "入党时间"] and rows[3][1:] == [EXAMPLE, "张三", "2003-07"]
    assert len(rows) == 4
    assert ["入党时间", "可以只写到年或月。"] in [row[1:] for row in read(path, sheet=1)[1]]


def test_formulas_are_told_with_their_places(tmp_path):
    """A run of rows is told once; an array formula counts for every cell it fills; a list of choices is none."""
    book = Workbook()
    sheet = book.active
    sheet.title = "党员 & 名册"  # as XML writes it, the name of the sheet reads otherwise
    for n in range(1, 7):
        sheet.append([n, f"=A{n}*2", f"示{n}", "=A1" if n in (2, 5) else None])
    sheet["F2"] = ArrayFormula("F2:G4", "=A2:A4")
    sheet.add_data_validation(DataValidation("list", formula1="=$A$1:$A$3", sqref="C1:C9"))
    book.save(tmp_path / "book.xlsx")
    told, _rows = read(tmp_path / "book.xlsx")
    assert told.formulas == {1: [(1, 6)], 3: [(2, 2), (5, 5)], 5: [(2, 4)], 6: [(2, 4)]}


def test_formulas_are_found_where_cells_tell_no_address(tmp_path):
    """As some programs write: prefixed tags, no addresses, an f outside a cell."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = (
        "<x:row><x:c><x:v>1</x:v></x:c><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>"
        '<x:row r="3"><x:c r="C3"><x:f t="shared" si="0"/><x:v>3</x:v></x:c></x:row>'
    )
    text = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{cells}</x:sheetData><x:extLst><x:f>A1</x:f></x:extLst></x:worksheet>'
    assert child.formulas_in(BytesIO(text.encode())) == [[1, 1, 1], [2, 3, 3]]
