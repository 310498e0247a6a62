"""督导情况汇总表: what visits found and what became of it. Its words are fixed by its form, hence Chinese."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import F, Prefetch
from django.utils import timezone, translation

from appraisals.models import Visit, VisitLine
from appraisals.rounds.states import MakeupState
from sheets.layout import Column
from workflow.models import History

TITLE = "督导情况汇总表"
UNIT, COUNTED = "次", "次"
RULE = "只列已提交且未作废、未更正的督导记录；发现问题为清单中未达到的条目；补课、返工全部销账后填最后一项的销账日期"
CHUNK = 500
ITEM = "appraisals.makeupitem:"
COLUMNS = (
    Column("序号", 6, "int"),
    Column("督导组", 14),
    Column("组长", 10),
    Column("督导党支部", 24),
    Column("时间", 12, "date"),
    Column("方式", 10),
    Column("发现问题", 40),
    Column("督导意见", 36),
    Column("反馈时间", 12, "date"),
    Column("补课/返工完成时间", 16),
    Column("备注", 14),
)


def ledger_rows(user: Any) -> Any:
    """The visits this person may export, each with the group of its branch."""
    rows = Visit.objects.visible_to(user).exportable_by(user).select_related("organisation")
    of_group = {f"group_{name}": F(f"organisation__overseen_by__group__{name}") for name in ("name", "leader")}
    return rows.annotate(**of_group).order_by("organisation__path", "visited_on", "pk")


def ledger(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each visit the path of its branch and one tuple in the order of COLUMNS; reads in chunks."""
    short = Prefetch("found_lines", VisitLine.objects.short().select_related("item"), to_attr="short")
    source = rows.prefetch_related(short).iterator(chunk_size=CHUNK)
    number = 0
    with translation.override("zh-hans"):
        while chunk := list(islice(source, CHUNK)):
            closed = _closed(chunk)
            for row in chunk:
                number += 1
                yield row.organisation.path, (number, *_line(row, closed))


def _line(row: Any, closed: dict[str, Any]) -> tuple[object, ...]:
    for line in row.short:
        line.visit = row  # its words are those of the checklist of this visit
    found = "；".join(f"{line.words}：{line.evidence}" for line in row.short)
    told = (row.group_name or "", row.group_leader or "", row.organisation.name, row.visited_on)
    done = _done([line.item for line in row.short if line.item], closed)
    return (*told, str(row.get_manner_display()), found, row.opinion, row.submitted_on, done, "")


def _done(items: list[Any], closed: dict[str, Any]) -> str:
    """The day on which the last of them was closed; how many are still open where any is."""
    owed = [item for item in items if item.state != MakeupState.VOID]
    still_open = sum(item.state != MakeupState.CLOSED for item in owed)
    if still_open:
        return f"尚有{still_open}项未完成"
    days = [closed[f"{ITEM}{item.pk}"] for item in owed if f"{ITEM}{item.pk}" in closed]
    return f"{max(days):%Y-%m-%d}" if days else ""


def _closed(chunk: list[Any]) -> dict[str, Any]:
    """When each item of these visits was closed, by its key in the history. One query."""
    keys = [f"{ITEM}{line.item_id}" for row in chunk for line in row.short if line.item_id]
    rows = History.objects.filter(subject_key__in=keys, move="close").order_by("pk")
    return {key: timezone.localdate(at) for key, at in rows.values_list("subject_key", "at")}
