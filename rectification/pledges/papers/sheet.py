"""公开承诺事项: what was promised, by when, who answers, and what became of it. Its words are fixed, hence Chinese."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from branches.models import Organisation
from papers.document import HEAD_FONT, SUBHEAD_FONT, TITLE_FONT, Cell, Paper, Row
from papers.pages import FORM_A4
from rectification.pledges.states import PledgeState

TITLE = "公开承诺事项"
HEADS = ("序号", "承诺人", "承诺内容", "完成时限", "责任人", "践诺情况", "评诺结果")
WIDTHS = (10, 18, 49, 27, 18, 24, 19)  # mm
RESULT = {PledgeState.KEPT: "已兑现", PledgeState.UNKEPT: "未兑现"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list of one branch; `told` is the line under its title."""

    title: str
    told: str
    heads: Sequence[str]
    lines: Sequence[Sequence[str]]
    signatures: Sequence[str]


def sheet_of(branch: Organisation, rows: Iterable[Any], day: date) -> Sheet:
    """The published pledges of a branch; each row with the last look at it as `standing`, in words or empty."""
    with translation.override("zh-hans"):
        return Sheet(
            title=f"{branch.label}{TITLE}",
            told=f"党支部：{branch.label}　公示日期：{day.year}年{day.month}月{day.day}日",
            heads=HEADS,
            lines=[(str(number), *_cells(row)) for number, row in enumerate(rows, 1)],
            signatures=("党支部书记（签字）：", "（盖章）", "年　月　日"),
        )


def _cells(row: Any) -> tuple[str, ...]:
    who = row.member.name if row.member else str(row.get_whose_display())
    told = f"{row.text}\n{row.how}".strip()
    answers = row.responsible.name if row.responsible else who
    return who, told, f"{row.due_on:%Y-%m-%d}", answers, row.stands, RESULT.get(row.state, "")


def document(sheet: Sheet) -> bytes:
    """The list as the bytes of a .docx file."""
    paper = Paper(sheet.title, FORM_A4)
    paper.line(sheet.title, font=TITLE_FONT, size=22, align="center", after=8)
    paper.line(sheet.told, font=SUBHEAD_FONT, size=14, after=4)
    body = [
        Row([Cell(text, align="left" if place == 2 else "center") for place, text in enumerate(line)], breaks=True)
        for line in sheet.lines
    ]  # fmt: skip
    paper.table(WIDTHS, [Row([Cell(words, HEAD_FONT) for words in sheet.heads]), *body], heads=1, size=12)
    paper.line("", size=8)
    paper.line("　　　　".join(sheet.signatures), size=14)
    paper.number_pages()
    return paper.saved()
