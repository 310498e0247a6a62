"""测评结果报告单: what two people have counted, to be signed by them. Its words are fixed, hence Chinese."""

from collections.abc import Iterator, Sequence

from appraisals.models import Vote
from appraisals.votes.results import Result
from appraisals.votes.sites.reading import Sites
from papers.document import HEAD_FONT, SUBHEAD_FONT, TITLE_FONT, Cell, Paper, Row
from papers.pages import FORM_A4

TITLE = "测评结果报告单"
NUMBER, MARKS = 12, 20  # mm
ABSTAIN = "弃权"


Report = tuple[Vote, Sequence[Result], Sites]


def document(title: str, reports: Sequence[Report]) -> bytes:
    """The reports of votes one behind the other, each beginning on a sheet of its own, as the bytes of a .docx file."""
    paper = Paper(title)
    for number, report in enumerate(reports):
        if number:
            paper.new_leaf()
        _draw(paper, *report)
    paper.number_pages()
    return paper.saved()


def _draw(paper: Paper, vote: Vote, results: Sequence[Result], sites: Sites) -> None:
    """One report: each sheet with its ballots and its lines."""
    paper.line(f"{vote.organisation.label}{TITLE}", font=TITLE_FONT, size=22, align="center", after=8)
    paper.line(f"{vote.title}　　{_when(vote, sites)}", font=SUBHEAD_FONT, size=14, after=4)
    for result in results:
        paper.line(result.sheet.title, font=HEAD_FONT, size=14, after=2)
        if result.withheld or result.count is None:
            paper.line(result.withheld, size=12, after=6)
            continue
        count = result.count
        numbers = f"发出{count.issued}张，收回{count.collected}张，有效{count.valid}张，无效{count.invalid}张。"
        paper.line(f"{numbers}{result.partly}", size=12, after=2)
        _lines(paper, result)
        paper.line("", size=8)
    day = vote.last_day
    paper.line(f"监票人（签名）：{vote.scrutineer_words}　　　　计票人（签名）：{vote.teller_words}", size=14, after=6)
    paper.line(f"{day.year}年{day.month}月{day.day}日", size=14, align="right")


def _when(vote: Vote, sites: Sites) -> str:
    if vote.until is not None:
        return f"{vote.held_on:%Y-%m-%d}至{vote.until:%Y-%m-%d}　{len(sites.rows)}个场所发放{sites.issued}张"
    return f"{vote.held_on:%Y-%m-%d}　参加投票{vote.voters}人"


def _lines(paper: Paper, result: Result) -> None:
    """A column for each option; where each line has options of its own they stand in one."""
    marks = ["结果"] if result.has_own_options else [*result.options, ABSTAIN]
    width = 70 if result.has_own_options else MARKS
    widths = (NUMBER, FORM_A4.within - NUMBER - width * len(marks), *(width for _words in marks))
    head = Row([Cell(words, HEAD_FONT) for words in ("序号", "测评对象", *marks)])
    paper.table(widths, [head, *_rows(result, len(marks))], heads=1, size=12)


def _rows(result: Result, columns: int) -> Iterator[Row]:
    for row in result.rows:
        if row.heading:
            yield Row([Cell(row.heading, HEAD_FONT, span=columns + 2, align="left")])
        told = [str(number) for number in row.numbers]
        if result.has_own_options:
            told = ["；".join(f"{words} {n}" for words, n in zip((*row.line.options, ABSTAIN), told, strict=True))]
        label = Cell(row.line.label, align="left")
        yield Row([Cell(str(row.line.number)), label, *(Cell(words) for words in told)])
