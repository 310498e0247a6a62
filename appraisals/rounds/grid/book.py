"""A grid as an official .xlsx: what the branches of a place say, with one column a figure to fill in and send back.

Its words are Chinese in every language of the site: `intake` knows the columns by them.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.utils import timezone, translation

from appraisals.rounds.grid.place import Part
from appraisals.rounds.grid.sheet import Cell, Line
from figures.units import Approx
from sheets.layout import Column, Layout
from sheets.writer import write

KEY, NAME, ROWS, TYPED, DIFFERENCE = "编号", "党支部名称", "明细", "汇总数", "差额"
NARROWED: Final = {"": "全部党支部", "enter": "待代录", "short": "有缺的"}
HOW: Final = (
    ("填写办法", "只填各项“汇总数”；编号、党支部名称、明细、差额由系统填写，改动无效。行可重新排序，可删去不填的行。"),
    ("数的写法", "照原样写：340、340余、300多、近340、约340。空白表示不填，不改动已录的数；要作废请在页面上办理。"),
)


def book(part: Part, lines: Sequence[Line]) -> bytes:
    """The grid of a place, as many rows as `lines`."""
    with translation.override("zh-hans"), TemporaryDirectory() as scratch:
        path = Path(scratch) / "grid.xlsx"
        write(path, _layout(part), _rows(lines))
        return path.read_bytes()


def title(part: Part) -> str:
    """What the sheet is called, and its file."""
    return f"{part.stage.name}代录汇总表"


def label(column: Any) -> str:
    """The heading above the three columns of a figure."""
    with translation.override("zh-hans"):
        return f"{column.metric.label}（{column.metric.unit.label}）"


def _layout(part: Part) -> Layout:
    columns = [Column("序号", 6, "int"), Column(KEY, 9), Column(NAME, 30), Column("工作方式", 8)]
    for column in part.columns:
        columns += [Column(words, 10, "int", label(column)) for words in (ROWS, TYPED, DIFFERENCE)]
    user = part.user
    notes = [
        ("导出人", f"{user.name}（{user.acting_as(part.place)}）"),
        ("导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ("筛选条件", f"{part.stage.round.name} · {part.stage.name} · {part.place.name} · {NARROWED[part.only]}"),
        ("口径", "明细为系统内各条记录之和，汇总数为代录或支部自报的一个数，差额为汇总数减明细；两者并列，不相加"),
        *HOW,
    ]
    return Layout(title(part), [*columns, Column("尚缺", 34)], part.place.name, "见各栏", notes=notes)


def _rows(lines: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    for number, line in enumerate(lines, 1):
        place = line.row.organisation
        told = [value for cell in line.cells for value in (cell.rows, _typed(cell), cell.difference)]
        missing = "；".join(finding.words for finding in line.unmet)
        yield number, str(place.pk), place.name, place.get_mode_display(), *told, missing


def _typed(cell: Cell) -> object:
    """A number where it was told as one; 340余 stays words."""
    number = cell.standing.number
    return number[0] if number and number[1] == Approx.EXACT else cell.standing.text
