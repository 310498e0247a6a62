"""The one writer of Word documents: text in the fonts that offices name, tables of fixed widths, numbered pages.

Everything is text: no call here makes a field, a link or a macro of what it is given; the number of the page is the
only field. Chinese fonts are named through w:eastAsia, for Word takes the Latin font for Chinese signs otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final, Literal

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from papers.pages import FORM_A4, Page
from sheets.cells import readable

TITLE_FONT: Final = "方正小标宋简体"
TEXT_FONT: Final = "仿宋_GB2312"
HEAD_FONT: Final = "黑体"
SUBHEAD_FONT: Final = "楷体_GB2312"
LATIN_FONT: Final = "Times New Roman"
LONGEST: Final = 100_000  # signs of one text: Word opens longer ones too slowly to be of use
CUT_MARK: Final = "…（内容过长，以下省略，完整内容见系统）"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


Align = Literal["left", "center", "right"]
_ALIGNS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line in a font of its own; an `indented` one begins two signs further in, as paragraphs do. `align`: where it
    stands otherwise than its cell, as a signature does."""

    text: str
    font: str = TEXT_FONT
    indented: bool = False
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; it goes over `span` columns. Lines of its text are lines of the cell, in its font; `lines`, each in a
    font of its own, stand instead of the text where given."""

    text: str = ""
    font: str = TEXT_FONT
    span: int = 1
    align: Align = "center"
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right, at least `height` mm high, or `exactly` so; what `breaks` goes on on the next page."""

    cells: Sequence[Cell]
    height: float = 0
    breaks: bool = False
    exactly: bool = False


class Paper:
    """One document on one size of paper, written from top to bottom."""

    def __init__(self, name: str, page: Page = FORM_A4) -> None:
        self.page = page
        self._document = Document()
        self._set_properties(name)
        self._set_page()
        self._set_base_font()

    def line(
        self, text: str, *, font: str = TEXT_FONT, size: float = 16, align: Align = "left", after: float = 0
    ) -> None:
        """Add a paragraph; `size` and the space `after` it are in points."""
        paragraph = self._document.add_paragraph()
        _set(paragraph, text, font, size, align)
        paragraph.paragraph_format.space_after = Pt(after)

    def new_leaf(self) -> None:
        """Go on on the next sheet, so that what follows is printed on both sides of its own."""
        self._document.add_section(WD_SECTION.ODD_PAGE)

    def new_page(self) -> None:
        """Go on on the next page."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        paragraph.paragraph_format.line_spacing = Pt(1)

    def table(
        self, widths: Sequence[float], rows: Sequence[Row], *, heads: int = 0, size: float = 12, leading: float = 0
    ) -> None:
        """Add a table with columns of `widths` mm; the first `heads` rows stand on top of every page. `leading`: the
        distance of its lines in points, where it must not hang on the font.

        Raises ValueError where the cells of a row do not fill its columns.
        """
        table = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        _set_padding(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, row in enumerate(rows):
            made = table.add_row()
            if row.height:
                rule = WD_ROW_HEIGHT_RULE.EXACTLY if row.exactly else WD_ROW_HEIGHT_RULE.AT_LEAST
                made.height, made.height_rule = Mm(row.height), rule
            _mark_row(made, is_head=number < heads, breaks=row.breaks)
            _fill(made.cells, row, widths, size, leading)

    def number_pages(self) -> None:
        """Set —1— at the foot of each page, on the outer side where the paper is printed on both sides."""
        section = self._document.sections[0]
        if self.page.mirrored:
            self._document.settings.odd_and_even_pages_header_footer = True
            _number(section.even_page_footer.paragraphs[0], "left")
        _number(section.footer.paragraphs[0], "right" if self.page.mirrored else "center")

    def saved(self) -> bytes:
        """The document as the bytes of a .docx file."""
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _set_properties(self, name: str) -> None:
        """The template's own author and date go: a document tells nothing about the program that wrote it."""
        told = self._document.core_properties
        told.author = told.last_modified_by = told.comments = ""
        told.title, told.language = readable(name)[:200], "zh-CN"
        told.created = told.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    def _set_page(self) -> None:
        section, page = self._document.sections[0], self.page
        section.page_width, section.page_height = Mm(page.width), Mm(page.height)
        section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.inner), Mm(page.outer)
        section.header_distance = section.footer_distance = Mm(min(page.top, page.bottom) / 2)
        if page.mirrored:
            settings = self._document.settings.element
            # The order of elements is fixed by the standard: this one stands right behind the zoom.
            settings.insert(1 if settings.find(qn("w:zoom")) is not None else 0, OxmlElement("w:mirrorMargins"))

    def _set_base_font(self) -> None:
        base = self._document.styles["Normal"]
        base.font.size = Pt(12)
        _name_fonts(base.element.get_or_add_rPr(), TEXT_FONT)
        base.paragraph_format.space_after = Pt(0)


def _fill(cells: Sequence[Any], row: Row, widths: Sequence[float], size: float, leading: float) -> None:
    if sum(cell.span for cell in row.cells) != len(widths):
        raise ValueError(f"a row of {len(widths)} columns is filled by {[cell.span for cell in row.cells]}")
    place = 0
    for cell in row.cells:
        end = place + cell.span - 1
        made = cells[place].merge(cells[end]) if cell.span > 1 else cells[place]
        made.width = Mm(sum(widths[place : end + 1]))
        on_top = row.breaks or (row.exactly and cell.lines)
        made.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if on_top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _write_lines(made, cell, size, leading)
        place = end + 1


def _write_lines(made: Any, cell: Cell, size: float, leading: float) -> None:
    """Each line is a paragraph of its own, so that a long cell breaks between pages."""
    lines = cell.lines or [Line(text, cell.font) for text in readable(cell.text).split("\n")]
    for number, line in enumerate(_shortened(lines)):
        paragraph = made.add_paragraph() if number else made.paragraphs[0]
        _set(paragraph, line.text, line.font, size, line.align or cell.align)
        if leading:
            paragraph.paragraph_format.line_spacing = Pt(leading)
        if line.indented:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)


def _shortened(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines up to LONGEST signs; where there are more, the last one says so."""
    room = LONGEST
    for line in lines:
        if len(line.text) > room:
            yield replace(line, text=line.text[: max(0, room - len(CUT_MARK))] + CUT_MARK)
            return
        yield line
        room -= len(line.text)


def _set(paragraph: Any, text: str, font: str, size: float, align: Align) -> None:
    paragraph.alignment = _ALIGNS[align]
    run = paragraph.add_run(readable(text))
    run.font.size = Pt(size)
    _name_fonts(run._r.get_or_add_rPr(), font)


def _name_fonts(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # the fonts of a theme would win over those named here
    told = {"w:ascii": LATIN_FONT, "w:hAnsi": LATIN_FONT, "w:cs": LATIN_FONT, "w:eastAsia": font, "w:hint": "eastAsia"}
    for name, value in told.items():
        fonts.set(qn(name), value)


def _set_padding(table: Any) -> None:
    """A millimetre beside the text of each cell, where Word leaves two and a narrow column loses a sign; half above."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 0.5), ("left", 1), ("bottom", 0.5), ("right", 1)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(Mm(width).twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)


def _mark_row(row: Any, *, is_head: bool, breaks: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    if not breaks:
        properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _number(paragraph: Any, align: Align) -> None:
    _set(paragraph, "—", TEXT_FONT, 12, align)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    _name_fonts(run._r.get_or_add_rPr(), TEXT_FONT)
    field.append(run._r)
    closing = paragraph.add_run("—")
    _name_fonts(closing._r.get_or_add_rPr(), TEXT_FONT)
