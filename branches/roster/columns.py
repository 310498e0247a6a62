"""The columns a roster may have, by what offices call them. The words of the sheets are Chinese in every language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    """One thing a roster tells of a member: `title` in our own template, `names` as others head the same column."""

    key: str
    label: str | Promise
    title: str
    names: tuple[str, ...] = ()
    example: str = ""
    how: str = ""
    width: float = 12


FIELDS: Final = (
    Field("number", _("Number"), "序号", ("编号", "号"), "示例", "名册中的顺序。", 7),
    Field("name", _("Name"), "姓名", ("党员姓名", "名字", "党员"), "林晓岚", "必填。", 10),
    Field("gender", _("Gender"), "性别", (), "女", "男或女。", 7),
    Field("ethnicity", _("Ethnic group"), "民族", (), "汉族", "", 9),
    Field("born", _("Born"), "出生年月", ("出生日期", "出生时间", "出生", "生日"), "1985-06",
          "知道多少写多少：1985、1985-06、1985-06-12 都可以，不要补01-01。"),
    Field("education", _("Education"), "学历", ("文化程度", "最高学历", "学历学位"), "本科",
          "研究生、本科、大专、高中及以下。", 10),
    Field("identity", _("Identity number"), "身份证号", ("身份证号码", "公民身份号码", "身份证", "证件号码"), "",
          "可以不填。填写前请把这一列设为文本格式；系统只保存用于比对的密文和末四位。", 22),
    Field("joined", _("Joined the party"), "入党时间",
          ("入党日期", "入党年月", "加入党组织日期", "加入中共组织的时间", "入党"), "2008-07", "写法同出生年月。"),
    Field("confirmed", _("Became a full member"), "转正时间", ("转正日期", "转正年月", "转为正式党员日期", "转正"),
          "2009-07", "写法同出生年月。"),
    Field("category", _("Category"), "党员类别", ("人员类别", "党员类型", "政治面貌", "类别", "党籍状况"), "正式党员",
          "必填：正式党员或预备党员。"),
    Field("post", _("Post"), "党内职务", ("支部职务", "党内职位", "党务职务"), "",
          "书记、副书记、组织委员、宣传委员、纪检委员、党小组组长；没有就空着。"),
    Field("group", _("Group"), "所在党小组", ("党小组", "党小组名称", "小组"), "第一党小组",
          "名册中没有的党小组会新建。", 14),
    Field("phone", _("Telephone"), "手机", ("手机号", "手机号码", "联系电话", "联系方式", "电话", "电话号码"), "",
          "可以不填。", 15),
    Field("employment", _("Employment"), "在职情况", ("在职状态", "人员状态", "是否在职", "工作状态", "在岗情况"),
          "在职", "在职、离退休、其他。", 10),
    Field("work_title", _("Work unit and title"), "工作单位及职务",
          ("工作岗位", "单位及职务", "单位职务", "行政职务", "职务"), "", "", 24),
    Field("staff_number", _("Staff number"), "工号",
          ("职工号", "教工号", "职工编号", "员工编号", "教职工号", "人员编号", "员工号", "工作证号"), "",
          "可以不填；只用字母和数字，一人一号。以0开头的，请先把这一列设为文本格式。", 12),
    Field("branch", _("Branch"), "所在党支部",
          ("党支部", "所属党支部", "所在支部", "支部名称", "支部", "所属党组织"), "",
          "一次为多个党支部导入时必填，写全称或简称。", 28),
)  # fmt: skip
BY_KEY: Final = {field.key: field for field in FIELDS}
NOISE: Final = re.compile(r"[\s*＊:：、,，/]+|[(（\[【].*?[)）\]】]")


def plain(text: str) -> str:
    """A heading without blanks, stars and what stands in brackets."""
    return NOISE.sub("", text)


_EXACT: Final = {plain(name): field.key for field in FIELDS for name in (field.title, *field.names)}
# Found inside a longer heading: no word so short that other headings hold it, too (入党介绍人, 党员编号).
_TELLING: Final = ("姓名", "性别", "民族", "学历", "手机", "电话", "支部")
_INSIDE: Final = sorted((name for name in _EXACT if len(name) > 2 or name in _TELLING), key=len, reverse=True)


@lru_cache(maxsize=1000)
def meant_by(heading: str) -> str:
    """The key of the field a heading names exactly, "" where none."""
    return _EXACT.get(plain(heading), "")


@lru_cache(maxsize=1000)
def guessed(heading: str) -> str:
    """The key of the field a heading most likely names: by its exact words, else by the longest of them inside it."""
    words = plain(heading)
    return _EXACT.get(words) or next((_EXACT[name] for name in _INSIDE if name in words), "")


def guess(headings: Sequence[str]) -> dict[str, int]:
    """For each field the column (from 0) that most likely holds it; exact names first, each column once."""
    found: dict[str, int] = {}
    for asked in (meant_by, guessed):
        for column, heading in enumerate(headings):
            key = asked(heading) if heading and column not in found.values() else ""
            if key:
                found.setdefault(key, column)
    return found
