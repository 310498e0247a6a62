"""The ledger of talks 谈心谈话台账, without what was said. Its words are fixed by their forms, hence Chinese."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from meetings.models import Talk
from sheets.layout import Column

TITLE = "谈心谈话台账"
UNIT, COUNTED = "人次", "次"
RULE = "一对多谈话计1次、n人次；人次=谈话对象人数；不含谈话内容"
CHUNK = 500
COLUMNS = (
    Column("序号", 6, "int"),
    Column("党支部", 24),
    Column("谈话人", 16),
    Column("谈话对象", 32),
    Column("时间", 12, "date"),
    Column("地点", 18),
    Column("谈话类型", 18),
    Column("次", 6, "int"),
    Column("人次", 8, "int"),
    Column("备注", 14),
)


def ledger_rows(user: Any) -> Any:
    """The talks this person may export."""
    rows = Talk.objects.visible_to(user).exportable_by(user).select_related("organisation")
    return rows.order_by("organisation__path", "held_on", "pk")


def ledger(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each talk the path of its organisation and one tuple in the order of COLUMNS; reads in chunks."""
    with translation.override("zh-hans"):
        for number, row in enumerate(rows.iterator(chunk_size=CHUNK), 1):
            cells = (row.organisation.name, row.talkers, row.partners, row.held_on, row.place, row.get_kind_display())
            yield row.organisation.path, (number, *cells, 1, row.persons, "")
