"""The papers of a meeting as Word documents, on A4 or A5."""

from collections.abc import Iterator, Sequence

from meetings.papers.forms import Box, Form
from papers.document import HEAD_FONT, SUBHEAD_FONT, TEXT_FONT, TITLE_FONT, Cell, Line, Paper, Row
from papers.pages import BOOK_A4, BOOK_A5, Page
from shell.outline import outline

SIZES: dict[str, Page] = {"a4": BOOK_A4, "a5": BOOK_A5}
LABEL = 0.2  # the share of a label in the width of the page
LIST = (0.09, 0.17, 0.16, 0.18, 0.24, 0.16)  # the shares of 序号, 姓名, 党员类别, 签到, reason, make-up
POINTS = {"a4": 12.0, "a5": 10.5}
OUTLINE = (TEXT_FONT, HEAD_FONT, SUBHEAD_FONT, TEXT_FONT)  # of a paragraph and of headings 一、（一）1.
TALL = {"a4": 55, "a5": 26}  # millimetres to write by hand in
FLAT, SIGNED = 9, {"a4": 10, "a5": 9}


def document(form: Form, size: str) -> bytes:
    """The form as the bytes of a .docx file; `size` is a key of SIZES."""
    page, points = SIZES[size], POINTS[size]
    paper = Paper(form.title, page)
    paper.line(form.title, font=TITLE_FONT, size=points + 8, align="center", after=4)
    paper.line(f"党组织：{form.branch}", font=SUBHEAD_FONT, size=points, after=4)
    label = page.within * LABEL
    widths = (label, page.within / 2 - label) * 2
    paper.table(widths, [_row(boxes, TALL[size]) for boxes in form.rows], size=points)
    if form.lines:
        paper.line("", size=points / 2)
        paper.table([page.within * share for share in LIST], list(_list(form, SIGNED[size])), heads=1, size=points)
    if form.signatures:
        paper.line("")
        paper.line(("　" * (6 if size == "a4" else 4)).join(form.signatures), size=points)
    paper.number_pages()
    return paper.saved()


def _row(boxes: Sequence[Box], room: float) -> Row:
    """Two boxes share the row; one alone has all of it but its label."""
    cells: list[Cell] = []
    for box in boxes:
        span = 1 if len(boxes) == 2 else 3
        cells += [Cell(box.label, HEAD_FONT), Cell(box.text, span=span, align="left", lines=_lines(box))]
    tall = any(box.tall for box in boxes)
    return Row(cells, room if tall else FLAT, breaks=tall)


def _lines(box: Box) -> list[Line]:
    """The lines of a long text, its headings in the fonts of an official document; none for any other box."""
    return [Line(text, OUTLINE[level], indented=not level) for level, text in outline(box.text)] if box.outlined else []


def _list(form: Form, room: float) -> Iterator[Row]:
    yield Row([Cell(head, HEAD_FONT) for head in form.heads], FLAT)
    for line in form.lines:
        yield Row([Cell(text) for text in line], room)
