"""The roster of members 党员花名册 as superiors ask for it. Its words are fixed by their forms, hence Chinese."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from branches.lists import RegisterFilter
from branches.models import Organisation, Relation
from branches.models.members import Category, Education, Gender, PostKind
from branches.rights import Right
from branches.tree import under
from sheets.layout import Column

TITLE = "党员花名册"
UNIT = COUNTED = "人"
RULE = "花名册为导出当日组织关系在册的正式党员和预备党员，外出流动党员仍计入，仅参加组织生活的不计入；年月按登记原样"
CHUNK = 2000

COLUMNS = (
    Column("序号", 6, "int"),
    Column("所在党支部", 28),
    Column("姓名", 10),
    Column("性别", 6, group="基本情况"),
    Column("民族", 8, group="基本情况"),
    Column("出生年月", 12, group="基本情况"),
    Column("学历", 12, group="基本情况"),
    Column("党员类别", 10, group="党内情况"),
    Column("党内职务", 12, group="党内情况"),
    Column("所在党小组", 14, group="党内情况"),
    Column("入党时间", 12, group="党内情况"),
    Column("转正时间", 12, group="党内情况"),
    Column("工作单位及职务", 28),
    Column("联系电话", 15),
    Column("备注", 14),
)
PRINTED = ("organisation__path", "organisation__name", "member__name", "category", "post", "group__name", "unit",
           "is_exempt", "is_away", "gender", "ethnicity", "born", "education", "joined", "confirmed", "work_title",
           "phone")  # fmt: skip
PARTICULARS = PRINTED[-8:]


class RosterFilter(RegisterFilter):
    """The conditions of the register's page, of which `under` narrows there before the filter and here within it."""

    under = django_filters.ModelChoiceFilter(
        label=_("Organisation"),
        queryset=lambda request: Organisation.objects.visible_to(request.user),
        method="below",
    )

    def below(self, rows: QuerySet, name: str, value: Organisation) -> QuerySet:
        return rows.filter(under(value.path, "organisation__path"))


def roster_rows(user: Any) -> QuerySet[Any]:
    """The register of today where this person exports and sees particulars, with what the roster prints of each."""
    rows = Relation.objects.visible_to(user)
    rows = rows.filter(rows.of_office(user, Right.EXPORT) | rows.of_oversight(user, Right.EXPORT))
    rows = rows.filter(rows.of_office(user) | rows.of_oversight(user, Right.ACCEPT))  # as Particulars.visible_to
    told = {name: F(f"member__particulars__{name}") for name in PARTICULARS}
    return rows.with_state(user.reach.day).annotate(**told)


def roster(rows: QuerySet[Any]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each member the path of the branch and one tuple in the order of COLUMNS; one query."""
    with translation.override("zh-hans"):
        words = {kind: {value: str(label) for value, label in kind.choices}
                 for kind in (Category, PostKind, Gender, Education)}  # fmt: skip
        for number, row in enumerate(rows.values_list(*PRINTED).iterator(chunk_size=CHUNK), 1):
            yield row[0], _line(number, dict(zip(PRINTED, row, strict=True)), words)


def _line(number: int, told: dict[str, Any], words: dict[Any, dict[str, str]]) -> tuple[object, ...]:
    remarks = ("免过组织生活" if told["is_exempt"] else "", "外出流动" if told["is_away"] else "")
    return (
        number,
        told["organisation__name"],
        told["member__name"],
        words[Gender].get(told["gender"], ""),
        told["ethnicity"],
        _month(told["born"]),
        words[Education].get(told["education"], ""),
        words[Category].get(told["category"], ""),
        words[PostKind].get(told["post"], ""),
        told["group__name"],
        _month(told["joined"]),
        _month(told["confirmed"]),
        told["work_title"] or told["unit"],
        told["phone"],
        "、".join(filter(None, remarks)),
    )


def _month(told: str | None) -> str:
    """1998.06 as offices write it; as exact as the register knows it."""
    return (told or "").replace("-", ".")
