"""督导反馈意见: what the branch is told of a visit, as an official letter. Its words are fixed, hence Chinese."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from appraisals.supervision.models import Visit, VisitLine
from appraisals.supervision.models.visits import Manner, Result
from papers.document import HEAD_FONT, TEXT_FONT, TITLE_FONT, Paper
from papers.pages import OFFICIAL

BODY, TITLE = 16, 22  # points: 三号 and 二号
HOW = {
    Manner.ON_SITE: "实地督导",
    Manner.PHONE: "电话督导",
    Manner.SAT_IN: "列席会议督导",
    Manner.PAPERS: "查阅材料督导",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: to whom, its paragraphs, what is signed at its end."""

    title: str
    addressee: str
    paragraphs: Sequence[Paragraph]
    signatures: Sequence[str]


def letter_of(visit: Visit, lines: Sequence[VisitLine]) -> Letter:
    """The letter of a submitted visit; `lines` are those of its checklist that the reader sees."""
    with translation.override("zh-hans"):
        return Letter(
            title="督导反馈意见",
            addressee=f"{visit.organisation.name}：",
            paragraphs=tuple(_paragraphs(visit, lines)),
            signatures=("督导组（签字）：", "党支部书记（签字）：", "年　月　日"),
        )


def _paragraphs(visit: Visit, lines: Sequence[VisitLine]) -> Iterator[Paragraph]:
    seen = f"，查看了{'、'.join(visit.seen)}" if visit.seen else ""
    list_name = f"，对照“{visit.list_name}”逐项核查" if visit.list_name else ""
    begin = f"{_day(visit.visited_on)}，对你支部进行了{HOW[Manner(visit.manner)]}{seen}{list_name}。"
    yield Paragraph(f"{begin}现将有关情况反馈如下。")
    parts = (
        ("存在的问题", _short(lines)),
        ("点评", visit.comments.splitlines()),
        ("督导意见", visit.opinion.splitlines()),
    )
    numbers = iter("一二三")
    for head, texts in parts:
        if told := [text.strip() for text in texts if text.strip()]:
            yield Paragraph(f"{next(numbers)}、{head}", is_head=True)
            yield from (Paragraph(text) for text in told)
    if visit.due_on:
        yield Paragraph(f"请于{_day(visit.due_on)}前完成整改，需补课、返工的逐项落实并报送结果。")


def _short(lines: Sequence[VisitLine]) -> list[str]:
    short = [line for line in lines if line.result == Result.SHORT]
    asked = {True: "（要求补课、返工）", False: ""}
    return [f"{n}. {row.words}：未达到。{row.evidence}{asked[row.wants_makeup]}" for n, row in enumerate(short, 1)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def document(letter: Letter) -> bytes:
    """The letter as the bytes of a .docx file, on the page of official documents."""
    paper = Paper(letter.title, OFFICIAL)
    paper.line(letter.title, font=TITLE_FONT, size=TITLE, align="center", after=BODY)
    paper.line(letter.addressee, size=BODY)
    for paragraph in letter.paragraphs:
        font = HEAD_FONT if paragraph.is_head else TEXT_FONT
        paper.line(f"　　{paragraph.text}", font=font, size=BODY)
    paper.line("")
    for words in letter.signatures:
        paper.line(words, size=BODY, after=6)
    paper.number_pages()
    return paper.saved()
