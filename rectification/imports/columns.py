"""The columns a ledger of problems may have, by what offices call them. The words of the sheets are Chinese in every
language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEARCHED: Final = 30  # rows from the top, for the headings


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a ledger tells of a problem: `title` in our own template, `names` as others head the same column."""

    key: str
    label: str | Promise
    title: str
    names: tuple[str, ...] = ()
    example: str = ""
    how: str = ""
    width: float = 14


FIELDS: Final = (
    Field("number", _("Number"), "序号", ("编号",), "示例", "", 7),
    Field("branch", _("Branch"), "所在党支部", ("党支部", "党组织名称", "支部名称", "所在支部", "责任单位", "单位"), "",
          "一次为多个党支部导入时必填，写全称或简称。", 24),
    Field("whose", _("Whose problem"), "责任主体", ("问题主体", "主体", "班子个人"), "支部班子",
          "支部班子、党支部，或党员姓名；空着按党支部。"),
    Field("category", _("Category of problem"), "问题类别", ("类别", "问题分类", "类型"), "作风建设", ""),
    Field("text", _("Problem"), "查摆出的问题",
          ("问题", "存在问题", "存在的问题", "问题描述", "主要问题", "问题表现", "问题清单", "查摆问题", "具体问题"),
          "联系服务群众不够主动。", "必填。", 36),
    Field("origin", _("Came to light by"), "来源", ("问题来源",), "征求意见", ""),
    Field("found_on", _("Found on"), "查摆日期", ("查摆时间", "发现时间", "提出时间", "建账日期"), "2026-01-12", ""),
    Field("cause", _("Cause"), "原因", ("产生原因", "原因分析", "原因剖析"), "", "", 24),
    Field("goal", _("Goal"), "整改目标", ("目标", "整改要求", "预期目标"), "每月走访一次", "", 24),
    Field("measures", _("Measures"), "整改措施", ("措施", "具体措施", "整改举措"), "1. 建立走访登记本\n2. 每季度通报",
          "多条措施分行写，或用1. 2. 标号、用分号隔开。", 36),
    Field("leader", _("Leader in charge"), "责任领导", ("牵头领导", "牵头人", "分管领导", "牵头责任人"), "", ""),
    Field("responsible", _("Responsible"), "责任人", ("整改责任人", "具体责任人", "牵头/责任人", "经办人"), "林晓岚",
          "写花名册中的姓名；多人的，第一人为责任人，其余为协办人。"),
    Field("due_on", _("To be put right by"), "完成时限",
          ("整改时限", "时限", "整改期限", "完成时间", "真改时限", "计划完成时间", "期限"), "2026-06-30",
          "写到日；写“立行立改”“长期坚持”也可以。"),
    Field("so_far", _("How far it is"), "进展情况", ("整改进展", "整改情况", "完成情况", "落实情况", "进展"), "", "",
          30),
    Field("done", _("Closed or not"), "是否销号",
          ("销号情况", "整改状态", "是否完成", "完成状态", "状态", "是否整改到位"), "未销号",
          "已销号、未销号、长期坚持。"),
    Field("closed_on", _("Closed on"), "销号时间", ("销号日期", "完成日期", "实际完成时间"), "", "已销号的必填。"),
    Field("verifier", _("Verified by"), "核验人", ("验收人", "审核人", "核查人"), "", "不能是责任人本人。"),
)  # fmt: skip
BY_KEY: Final = {field.key: field for field in FIELDS}
NOISE: Final = re.compile(r"[\s*＊:：、,，/]+|[(（\[【].*?[)）\]】]")


def plain(text: str) -> str:
    """A heading without blanks, signs and what stands in brackets."""
    return NOISE.sub("", text)


_EXACT: Final = {plain(name): field.key for field in FIELDS for name in (field.title, *field.names)}
_INSIDE: Final = sorted((name for name in _EXACT if len(name) > 2), key=len, reverse=True)


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
    for meaning in (meant_by, guessed):
        for column, heading in enumerate(headings):
            if key := meaning(heading):
                found.setdefault(key, column)
    return found


def find(rows: Sequence[Sequence[Any]]) -> tuple[int, tuple[str, ...]] | None:
    """The row number, as Excel counts, and texts of the headings among the first rows of a sheet: that with most names
    of ours, of which one is the problem; None where there is none. A second line of headings below joins in."""
    best, at = 1, None
    lines = [_texts(row) for row in rows[:SEARCHED]]
    for n, line in enumerate(lines):
        keys = {guessed(text) for text in line} - {""}
        if "text" in keys and len(keys) > best:
            best, at = len(keys), n
    if at is None:
        return None
    below = lines[at + 1] if at + 1 < len(lines) else []
    if sum(bool(meant_by(text)) for text in below) > 1:
        joined = tuple(low if meant_by(low) else top for top, low in _pairs(lines[at], below))
        return rows[at + 1][0], joined
    return rows[at][0], tuple(lines[at])


def _pairs(top: list[str], low: list[str]) -> list[tuple[str, str]]:
    width = max(len(top), len(low))
    return list(zip(top + [""] * (width - len(top)), low + [""] * (width - len(low)), strict=True))


def _texts(row: Sequence[Any]) -> list[str]:
    return [" ".join(cell.split())[:40] if isinstance(cell, str) else "" for cell in row[1:]]
