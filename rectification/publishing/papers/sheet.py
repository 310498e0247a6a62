"""公开栏张贴件: what is public, in whose post's hands, until when. Its words are fixed, hence Chinese."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from papers.document import HEAD_FONT, SUBHEAD_FONT, TITLE_FONT, Cell, Paper, Row
from papers.pages import FORM_A4
from rectification.publishing.states import UNAPPROVED, PublicationState

HEADS = ("序号", "问题", "整改措施", "责任单位/职务", "完成时限", "进展情况")
WIDTHS = (10, 42, 52, 22, 24, 15)  # mm
MARKS = {
    **dict.fromkeys(UNAPPROVED, "未批准，不得张贴"),
    PublicationState.TAKEN_DOWN: "已撤下，不得张贴",
    PublicationState.VOID: "已作废，不得张贴",
}
ENDED = "公开期限已过，不得张贴"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One publication; `told` stands under its title, `foot` below the table. `mark`: why it may not be put up, above
    and below everything; empty where it may."""

    title: str
    told: str
    intro: str
    heads: Sequence[str]
    lines: Sequence[Sequence[str]]
    foot: Sequence[str]
    mark: str = ""


def sheet_of(publication: Any, lines: Iterable[Any]) -> Sheet:
    """The publication with the lines its audience is shown, each with its problem."""
    with translation.override("zh-hans"):
        since = _in_words(publication.published_on) if publication.published_on else "（待公开）"
        return Sheet(
            title=publication.title,
            told=f"公开范围：{publication.get_audience_display()}　公开期限：{since}至{_in_words(publication.until)}",
            intro=publication.intro,
            heads=HEADS,
            lines=[(str(number), *_cells(line)) for number, line in enumerate(lines, 1)],
            foot=(publication.organisation.name, "（盖章）", since if publication.published_on else "　　年　月　日"),
            mark=ENDED if publication.has_ended else MARKS.get(publication.state, ""),
        )


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _cells(line: Any) -> tuple[str, ...]:
    far = "\n".join(filter(None, (str(line.state_words), line.so_far.strip())))
    return line.text, line.measures, line.post, f"{line.due_on:%Y-%m-%d}" if line.due_on else "", far


def document(sheet: Sheet) -> bytes:
    """The sheet as the bytes of a .docx file."""
    paper = Paper(sheet.title, FORM_A4)
    _mark(paper, sheet)
    paper.line(sheet.title, font=TITLE_FONT, size=22, align="center", after=8)
    paper.line(sheet.told, font=SUBHEAD_FONT, size=14, after=4)
    if sheet.intro:
        paper.line(sheet.intro, size=14, after=4)
    body = [
        Row([Cell(text, align="left" if place in (1, 2) else "center") for place, text in enumerate(line)], breaks=True)
        for line in sheet.lines
    ]
    paper.table(WIDTHS, [Row([Cell(words, HEAD_FONT) for words in sheet.heads]), *body], heads=1, size=12)
    paper.line("", size=8)
    for words in sheet.foot:
        paper.line(words, size=14, align="right")
    _mark(paper, sheet)
    paper.number_pages()
    return paper.saved()


def _mark(paper: Paper, sheet: Sheet) -> None:
    if sheet.mark:
        paper.line(f"【{sheet.mark}】", font=HEAD_FONT, size=22, align="center", after=8)
