"""整改台账: the ledger as superiors take it. Its words are fixed by its form, hence Chinese."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Prefetch
from django.utils import translation

from rectification.models import Measure, Problem
from rectification.problems.kinds import Verified, Whose
from rectification.problems.states import ProblemState
from sheets.layout import Column

TITLE = "整改台账"
UNIT, COUNTED = "个", "个"
RULE = "作废的问题不列；是否销号填“已销号”“长期坚持”或“未销号”；完成时限有调整的填调整后的时限，备注注明原定时限"
CHUNK = 500
COLUMNS = (
    Column("序号", 6, "int"),
    Column("责任主体", 24),
    Column("问题类别", 14),
    Column("查摆出的问题", 40),
    Column("来源", 14),
    Column("整改目标", 26),
    Column("整改措施", 40),
    Column("责任领导", 12),
    Column("责任人", 10),
    Column("完成时限", 12, "date"),
    Column("进展情况", 30),
    Column("是否销号", 10),
    Column("销号时间", 12, "date"),
    Column("核验人", 14),
    Column("备注", 24),
)
DONE = {ProblemState.CLOSED: "已销号", ProblemState.STANDING: "长期坚持"}


def ledger_rows(user: Any) -> Any:
    """The problems this person may export, in the order of the tree, those of one branch as they were found."""
    rows = Problem.objects.visible_to(user).exportable_by(user)
    return rows.select_related("organisation", "member", "responsible", "verifier", "verifier_member").order_by(
        "organisation__path", "whose", "found_on", "pk"
    )


def ledger(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each problem the path of its branch and one tuple in the order of COLUMNS; reads in chunks."""
    source = rows.prefetch_related(Prefetch("measures", Measure.objects.all(), to_attr="lines"))
    found = source.iterator(chunk_size=CHUNK)
    number = 0
    with translation.override("zh-hans"):
        while chunk := list(islice(found, CHUNK)):
            for row in chunk:
                number += 1
                yield row.organisation.path, (number, *line(row))


def line(row: Any) -> tuple[object, ...]:
    """The cells of one problem behind its number; `row` with its measures as `lines`."""
    measures = "\n".join(f"{n}. {measure.text}" for n, measure in enumerate(row.lines, 1))
    return (
        whose(row), str(row.get_category_display()), row.text, origin(row), row.goal, measures, row.leader,
        row.responsible.name if row.responsible else "", row.due_on, progress(row), DONE.get(row.state, "未销号"),
        row.closed_on, verifier(row), _note(row),
    )  # fmt: skip


def progress(row: Any) -> str:
    """How far it is, and below it what it is or was to be closed on."""
    return "\n".join(dict.fromkeys(words for words in (row.so_far.strip(), row.evidence.strip()) if words))


def whose(row: Any) -> str:
    """Whose problem it is, with its branch."""
    more = {Whose.COMMITTEE: "班子", Whose.MEMBER: f" {row.member.name}" if row.member else ""}
    return f"{row.organisation.label}{more.get(row.whose, '')}"


def origin(row: Any) -> str:
    """Where it came from, in words."""
    return "：".join(filter(None, (str(row.get_origin_display()), row.origin_words)))


def verifier(row: Any) -> str:
    """Who verified the closing."""
    if row.verified_as == Verified.ASSEMBLY:
        return f"党员大会（{row.verified_words[:20]}）"
    if row.verified_as == Verified.IMPORTED:
        return row.verified_words[:20]
    who = row.verifier_member or row.verifier
    return who.name if who and row.state == ProblemState.CLOSED else ""


def _note(row: Any) -> str:
    moved = row.first_due_on and row.first_due_on != row.due_on
    told = (
        f"原定时限{row.first_due_on:%Y-%m-%d}" if moved else "",
        "立行立改" if row.at_once else "",
        {"yes": "群众满意", "no": "群众不满意"}.get(row.satisfied, ""),
    )
    return "；".join(filter(None, told))
