"""整改清单 of a branch: what is the committee's and the branch's, and what is its members'. Its words are fixed, hence
Chinese."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from branches.models import Organisation
from papers.document import HEAD_FONT, SUBHEAD_FONT, TITLE_FONT, Cell, Paper, Row
from papers.pages import WIDE_A4
from rectification.ledger.exports import DONE, progress
from rectification.problems.kinds import Whose

TITLE = "整改清单"
HEADS = ("序号", "责任主体", "查摆出的问题", "整改目标", "整改措施", "责任人", "完成时限", "进展情况", "是否销号")
WIDTHS = (11, 22, 45, 35, 55, 20, 22, 31, 21)  # mm
PARTS = (("一、支部班子和党支部", (Whose.COMMITTEE, Whose.BRANCH)), ("二、党员个人", (Whose.MEMBER,)))


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the list."""

    head: str
    lines: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The list of one branch; `told` is the line under its title."""

    title: str
    branch: str
    told: str
    heads: Sequence[str]
    parts: Sequence[Part]
    signatures: Sequence[str]

    @property
    def count(self) -> int:
        return sum(len(part.lines) for part in self.parts)


def sheet_of(branch: Organisation, rows: Iterable[Any], day: date, what: str = "") -> Sheet:
    """The list of these problems of a branch, with their measures as `lines`; `what` is the round or year it is of."""
    found = list(rows)
    with translation.override("zh-hans"):
        parts = [Part(head, _lines(found, kinds)) for head, kinds in PARTS]
        return Sheet(
            title=f"{branch.label}{TITLE}",
            branch=branch.name,
            told=f"党支部：{branch.name}　　{what}　　填报日期：{_day(day)}",
            heads=HEADS,
            parts=[part for part in parts if part.lines] or [Part("", ())],
            signatures=("党支部书记（签字）：", "（盖章）", "年　月　日"),
        )


def _lines(rows: Sequence[Any], kinds: Sequence[str]) -> list[tuple[str, ...]]:
    mine = [row for row in rows if row.whose in kinds]
    return [(str(number), *_cells(row)) for number, row in enumerate(mine, 1)]


def _cells(row: Any) -> tuple[str, ...]:
    measures = "\n".join(f"{n}. {measure.text}" for n, measure in enumerate(row.lines, 1))
    who = row.member.name if row.member else str(row.get_whose_display())
    named = "、".join(filter(None, (row.leader, row.responsible.name if row.responsible and not row.member else "")))
    return (
        who,
        row.text,
        row.goal,
        measures,
        named or who,
        _day(row.due_on),
        progress(row),
        DONE.get(row.state, "未销号"),
    )


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def document(sheet: Sheet) -> bytes:
    """The list as the bytes of a .docx file, on A4 across."""
    paper = Paper(sheet.title, WIDE_A4)
    paper.line(sheet.title, font=TITLE_FONT, size=22, align="center", after=8)
    paper.line(sheet.told, font=SUBHEAD_FONT, size=14, after=4)
    for part in sheet.parts:
        if part.head:
            paper.line(part.head, font=HEAD_FONT, size=14, after=2)
        head = Row([Cell(words, HEAD_FONT) for words in sheet.heads])
        body = [
            Row([Cell(text, align="center" if place in (0, 1, 5, 6, 8) else "left") for place, text in enumerate(line)],
                breaks=True)
            for line in part.lines
        ]  # fmt: skip
        paper.table(WIDTHS, [head, *body], heads=1, size=11)
        paper.line("", size=8)
    paper.line("　　　　".join(sheet.signatures), size=14)
    paper.number_pages()
    return paper.saved()
