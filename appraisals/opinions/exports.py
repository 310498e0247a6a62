"""征求意见汇总表: how opinions were asked for and about whom, in numbers. Its words are fixed, hence Chinese."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils import translation

from appraisals.opinions.channels import COUNTED, Channel, Target
from branches.models import Organisation
from figures.units import Approx
from sheets.layout import Column

TITLE = "征求意见汇总表"
UNIT, COUNTED_AS = "条次", ""
RULE = (
    "意见按条次计，作废、移交的不计，针对本人或本人任职班子的不列；概数（如340余）照原数列出，不计入合计；"
    "汇总数为填报的一个数，与明细并列，不相加"
)
CHUNK = 200
ABOUT = "针对对象（条次）"
COLUMNS = (
    Column("序号", 6, "int"),
    Column("征求意见单位", 30),
    Column("征求渠道", 14),
    Column("发出（份）", 10, "int"),
    Column("收回（份）", 10, "int"),
    Column("其他数量", 18),
    Column("党组织及其班子", 10, "int", ABOUT),
    Column("单位工作", 10, "int", ABOUT),
    Column("领导干部", 10, "int", ABOUT),
    Column("普通党员", 10, "int", ABOUT),
    Column("合计", 10, "int", ABOUT),
    Column("备注", 26),
)


def summary_rows(user: Any) -> Any:
    """The organisations whose numbers this person may export; SummaryFilter brings the numbers of a round."""
    return Organisation.objects.visible_to(user).exportable_by(user).order_by("path")


def summary(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each channel of each organisation its path and one tuple in the order of COLUMNS, then what it reported as a
    total; reads in chunks."""
    number = 0
    with translation.override("zh-hans"):
        for place in rows.iterator(chunk_size=CHUNK):
            for line in _lines(place):
                number += 1
                yield place.path, (number, place.name, *line)


def _lines(place: Any) -> Iterator[tuple[object, ...]]:
    heard = Counter[tuple[str, str]]()
    for row in place.heard:
        heard[row.channel, row.target] += row.count
    asked_for = {row.channel: row for row in place.asked_for if row.issued}
    for channel in Channel:
        about = [heard[channel, target] for target in Target]
        if any(about) or channel in asked_for:
            yield channel.label, *_numbers(asked_for.get(channel)), *about, sum(about), ""
    for total in place.reported:
        yield "汇总数", "", "", "", *[""] * len(Target), total.number, _note(total)


def _numbers(row: Any) -> tuple[object, object, str]:
    """Issued and handed back, both counted in copies; what else is counted, in its own words."""
    if row is None:
        return "", "", ""
    words = COUNTED[row.channel]
    if not words.returned:
        return "", "", f"{words.issued}：{row.told_issued}"
    return _cell(row, row.issued, row.told_issued), _cell(row, row.returned, row.told_returned), ""


def _cell(row: Any, number: int, words: str) -> object:
    """A number where it was told as one; 340余 stays words, which no sum takes up."""
    return words if row.approximate else number


def _note(total: Any) -> str:
    rough = "" if total.approx == Approx.EXACT else "，概数"
    span, source = total.get_span_display(), total.get_source_display()
    return f"{span}{rough}，截至{total.as_of:%Y-%m-%d}，{source}；不计入合计"
