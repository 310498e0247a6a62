"""The table of committees rated, with its totals: on the page and in the file. Its words are fixed, hence Chinese."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import translation

from appraisals.models import Vote
from appraisals.votes.results import Rated, committees_rated
from appraisals.votes.sheets import Scale
from appraisals.votes.states import VoteState
from sheets.layout import Column

TITLE = "党支部班子评议结果汇总表"
UNIT, COUNTED = "张、%", "个"
RULE = (
    "只列已确认的测评；占比为占有效票的比例；有效票不足规定张数的测评列为“未计入”，不计入合计；"
    "几个支部合并投票的各列一行，合计中票数只计一次"
)
SHARE = "占有效票%"
OPTIONS = Scale.BODY.words
CHUNK = 500
COLUMNS = (
    Column("序号", 6, "int"),
    Column("党支部", 28),
    Column("测评日期", 12, "date"),
    Column("到会", 8, "int"),
    Column("发出", 8, "int"),
    Column("收回", 8, "int"),
    Column("有效", 8, "int"),
    *(column for words in OPTIONS for column in (Column("票", 7, "int", words), Column(SHARE, 9, "number", words))),
    Column("弃权", 8, "int"),
    Column("备注", 18),
)


@dataclass(frozen=True)
class Table:
    """Rows in set order, and what those that are not withheld add up to."""

    rows: Sequence[Rated]

    @property
    def counted(self) -> list[Rated]:
        return [row for row in self.rows if not row.is_withheld]

    @property
    def withheld(self) -> int:
        """How many rows enter no total."""
        return len(self.rows) - len(self.counted)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each row as the page prints it."""
        return [{"rated": row, **_parts(_cells(row))} for row in self.rows]

    @property
    def total_line(self) -> dict[str, Any]:
        """The total as the page prints it."""
        return _parts(self.total)

    @property
    def total(self) -> list[object]:
        """到会, 发出, 收回, 有效, the ballots of a vote once; then of each option marks and their share of all that
        committees got, then abstentions."""
        numbers = [_numbers(row) for row in self.counted]
        once = {row.vote.pk: _numbers(row)[:4] for row in self.counted}
        ballots = [sum(column) for column in zip(*once.values(), strict=True)] or [0] * 4
        sums = [sum(column) for column in zip(*numbers, strict=True)] or [0] * (4 + len(OPTIONS) + 1)
        return [*ballots, *_with_shares(sums[4:], sums[3])]


def _numbers(row: Rated) -> tuple[int, ...]:
    assert row.count is not None
    came = 0 if row.vote.is_outside else row.vote.voters
    return (came, row.count.issued, row.count.collected, row.count.valid, *row.numbers)


def _with_shares(marks: Sequence[int], valid: int) -> list[object]:
    *options, abstained = marks
    shares = [round(100 * n / valid, 1) if valid else 0.0 for n in options]
    return [*(cell for pair in zip(options, shares, strict=True) for cell in pair), abstained]


def _cells(row: Rated) -> list[object]:
    """As in the total; nothing where it is withheld."""
    if row.is_withheld:
        return [""] * (4 + 2 * len(OPTIONS) + 1)
    numbers = _numbers(row)
    came: object = "—" if row.vote.is_outside else numbers[0]
    return [came, *numbers[1:4], *_with_shares(numbers[4:], numbers[3])]


def _parts(cells: list[object]) -> dict[str, Any]:
    """Cells by what they are: ballots, (marks, share) of each option, abstentions."""
    options = cells[4:-1]
    return {
        "ballots": cells[:4],
        "options": list(zip(options[::2], options[1::2], strict=True)),
        "abstained": cells[-1],
    }


def ledger_rows(user: Any) -> Any:
    """The confirmed votes this person may export."""
    rows = Vote.objects.visible_to(user).exportable_by(user).filter(state=VoteState.CONFIRMED)
    return rows.select_related("organisation", "poll").order_by("organisation__path", "held_on", "pk")


def ledger(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each committee rated the path of its vote's branch and one tuple in the order of COLUMNS; reads in chunks."""
    source, number, before = rows.iterator(chunk_size=CHUNK), 0, None
    with translation.override("zh-hans"):
        while chunk := list(islice(source, CHUNK)):
            for row in committees_rated(chunk):
                number += 1
                vote = row.vote
                note = f"未计入：有效票不足{vote.poll.min_show}张" if row.is_withheld else ""
                cells = _cells(row)
                if vote.pk == before and not row.is_withheld:  # the same ballots: added up once
                    cells, note = ["", "", "", "", *cells[4:]], "与上一行合并投票"
                yield vote.organisation.path, (number, row.name, vote.held_on, *cells, note)
                before = vote.pk
