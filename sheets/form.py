"""The official form around the data, drawn once with openpyxl: title, unit line, headings, signatures, print set-up.

The words here are Chinese in every language of the site: they are printed on forms whose wording the rules fix.
"""

import re
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sheets.cells import lines_of, readable
from sheets.layout import Layout

TITLE_FONT = Font(name="方正小标宋简体", size=18)
TEXT_FONT = Font(name="仿宋_GB2312", size=11)
HEAD_FONT = Font(name="黑体", size=11)
LINE = Side(style="thin", color="000000")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD_FILL = PatternFill("solid", fgColor="F2F2F2")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
ONE_LINE = Alignment(horizontal="left", vertical="center")
LINE_HEIGHT, ROW_PADDING, TALLEST = 15, 3, 409
NARROW = 75  # below this width the three texts of the unit line stand one after the other
NUMBER_FORMAT = {"int": "0", "number": "0.0", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
SIGNATURES = "党组织负责人(签字):                审核人:                填表人:                联系电话:"
TOTAL, SUBTOTAL, NOTES, ROWS = "合计", "小计", "说明", "数据行数"


@dataclass(frozen=True)
class Form:
    """The workbook with one prototype row per kind of row, where its data begin, and the styles to write them in."""

    book: Workbook
    first_row: int
    styles: list[int]
    total_styles: list[int]
    signature_style: int


def draw(layout: Layout) -> Form:
    """The form of `layout` without its data; rows from `first_row` on are prototypes: data, total, signatures."""
    book = Workbook()
    book.properties.creator = "Branchlife"
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\']", "", readable(layout.title))[:31].strip() or TOTAL
    width = len(layout.columns)
    _put(sheet, 1, 1, layout.title, TITLE_FONT, CENTRE)
    _merge(sheet, 1, 1, 1, width)
    sheet.row_dimensions[1].height = 36
    _draw_unit_line(sheet, layout)
    first_row = _draw_headings(sheet, layout)
    styles = _prototype(sheet, layout, first_row, TEXT_FONT)
    total_styles = _prototype(sheet, layout, first_row + 1, HEAD_FONT)
    _put(sheet, first_row + 2, 1, SIGNATURES, TEXT_FONT, LEFT)
    if layout.footer:
        _merge(sheet, first_row + 2, 1, first_row + 2, width)
    _set_up_print(sheet, first_row)
    _draw_notes(book.create_sheet(NOTES), layout)
    return Form(book, first_row, styles, total_styles, sheet.cell(first_row + 2, 1).style_id)


def _put(sheet: Worksheet, row: int, column: int, text: str, font: Font, alignment: Alignment) -> None:
    cell = sheet.cell(row, column, readable(text))
    cell.data_type = "s"  # or "=…" would be a formula
    cell.font, cell.alignment = font, alignment


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _draw_unit_line(sheet: Worksheet, layout: Layout) -> None:
    """Row 2: reporting unit at the left, date in the middle, unit of the figures at the right."""
    texts = [f"填报单位(盖章):{layout.reporting_unit}", "填报日期:    年  月  日", f"单位:{layout.unit}"]
    columns = len(layout.columns)
    if columns < 3 or sum(column.width for column in layout.columns) < NARROW:
        _put(sheet, 2, 1, "    ".join(texts), TEXT_FONT, ONE_LINE)
        _merge(sheet, 2, 1, 2, columns)
        return
    second, third = _thirds([column.width for column in layout.columns])
    spans = [(1, second), (second + 1, third), (third + 1, columns)]
    for text, (left, right), alignment in zip(texts, spans, (LEFT, CENTRE, RIGHT), strict=True):
        _put(sheet, 2, left, text, TEXT_FONT, alignment)
        _merge(sheet, 2, left, 2, right)


def _thirds(widths: list[float]) -> tuple[int, int]:
    """After which columns one third and two thirds of the width are reached; each third has a column."""
    ends = [sum(widths[: n + 1]) for n in range(len(widths))]
    first = min(range(1, len(widths) - 1), key=lambda n: abs(ends[n - 1] - ends[-1] / 3))
    second = min(range(first + 1, len(widths)), key=lambda n: abs(ends[n - 1] - ends[-1] * 2 / 3))
    return first, second


def _draw_headings(sheet: Worksheet, layout: Layout) -> int:
    """Rows 3 (and 4): headings, groups merged across, single columns merged down. Returns the first data row."""
    bottom = 4 if layout.has_groups else 3
    for n, column in enumerate(layout.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
        starts_group = n == 1 or layout.columns[n - 2].group != column.group
        if column.group:
            _put(sheet, 4, n, column.title, HEAD_FONT, CENTRE)
            if starts_group:
                _put(sheet, 3, n, column.group, HEAD_FONT, CENTRE)
                _merge(sheet, 3, n, 3, _end_of_group(layout, n))
        else:
            _put(sheet, 3, n, column.title, HEAD_FONT, CENTRE)
            _merge(sheet, 3, n, bottom, n)
    for row in sheet.iter_rows(3, bottom, 1, len(layout.columns)):
        tallest = max(lines_of(column.title, column.width) for column in layout.columns)
        sheet.row_dimensions[row[0].row].height = height_of(tallest if row[0].row == bottom else 1)
        for cell in row:
            cell.border, cell.fill = BOX, HEAD_FILL
    return bottom + 1


def height_of(lines: int) -> int:
    """The height of a row with so many lines of text, in points. WPS and LibreOffice do not find it by themselves."""
    return min(TALLEST, LINE_HEIGHT * lines + ROW_PADDING)


def _end_of_group(layout: Layout, start: int) -> int:
    group, end = layout.columns[start - 1].group, start
    while end < len(layout.columns) and layout.columns[end].group == group:
        end += 1
    return end


def _prototype(sheet: Worksheet, layout: Layout, row: int, font: Font) -> list[int]:
    """Styled empty cells for one kind of row; returns their style numbers, column by column."""
    for n, column in enumerate(layout.columns, 1):
        cell = sheet.cell(row, n)
        cell.font, cell.border = font, BOX
        cell.alignment = LEFT if column.kind == "text" else RIGHT if column.kind in ("int", "number") else CENTRE
        cell.number_format = NUMBER_FORMAT.get(column.kind, "General")
        # A text stays a text when somebody edits it; the format "@" shows #### past 255 characters in old Excel.
        cell.quotePrefix = column.kind == "text"
    return [sheet.cell(row, n).style_id for n in range(1, len(layout.columns) + 1)]


def _set_up_print(sheet: Worksheet, first_row: int) -> None:
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = height_of(1), True
    sheet.freeze_panes = sheet.cell(first_row, 1)
    sheet.print_title_rows = f"3:{first_row - 1}"
    sheet.print_options.horizontalCentered = True
    _fit_page(sheet)


def _fit_page(sheet: Worksheet) -> None:
    """A4 landscape, one page wide, numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _draw_notes(sheet: Worksheet, layout: Layout) -> None:
    """The sheet 说明: one line per note; the last line waits for the number of rows."""
    _fit_page(sheet)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 90
    for row, (label, text) in enumerate([*layout.notes, (ROWS, "")], 1):
        sheet.row_dimensions[row].height = height_of(lines_of(text, 90))
        _put(sheet, row, 1, label, HEAD_FONT, LEFT)
        _put(sheet, row, 2, text, TEXT_FONT, LEFT)


def note_rows(form: Form, count: int) -> None:
    """Write the number of data rows into the sheet 说明."""
    notes = form.book[NOTES]
    notes.cell(notes.max_row, 2).value = count
