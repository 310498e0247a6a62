"""The ledger of study hours 学时台账 of this year: two columns, never one sum. Its words are fixed, hence Chinese."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation

from branches.models import Relation
from branches.models.members import PostKind
from branches.rights import Right
from branches.rules.sets import RuleSet
from meetings.study.hours import years
from sheets.layout import Column

TITLE = "党员学时台账"
UNIT, COUNTED = "学时", "人"
RULE = "集中学习由已归档会议按本年度折算规则计算，送学、补学按规则计入；自学由党员登记；两者不相加"
COLUMNS = (
    Column("序号", 6, "int"),
    Column("党支部", 24),
    Column("姓名", 12),
    Column("党内职务", 14),
    Column("集中学习", 10, "number"),
    Column("自学", 10, "number"),
    Column("备注", 20),
)


def ledger_rows(user: Any) -> QuerySet[Relation]:
    """The registers of the branches one leads, and of those below what one arranges: nobody else compares hours."""
    rows = Relation.objects.visible_to(user)
    return rows.filter(rows.of_office(user, Right.LEAD) | rows.of_oversight(user, Right.ARRANGE)).register(
        on=user.reach.day
    )


def ledger(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each member the path of his branch and one tuple in the order of COLUMNS; seven queries a branch."""
    year, number = timezone.localdate().year, 0
    ordered = rows.select_related("organisation", "member").iterator(chunk_size=500)
    with translation.override("zh-hans"):
        for branch, members in groupby(ordered, key=lambda row: row.organisation):
            here = list(members)
            found = years({row.member_id: row.post for row in here}, year, RuleSet(branch.path, year))
            for row in here:
                number += 1
                of = found[row.member_id]
                post = str(PostKind(row.post).label) if row.post else ""
                yield branch.path, (number, branch.name, row.member.name, post, float(of.collective), float(of.own), "")
