"""What one cell of a ledger says: days, measures, whose a problem is, how far it is. Pure; "" and None say nothing."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rectification.problems.kinds import Category, Origin
from rectification.problems.states import ProblemState
from shell.dates import DateError, read_partial

ZERO: Final = date(1899, 12, 30)  # day 0 of Excel's serial numbers
SERIALS: Final = range(30_000, 80_000)  # 1982 to 2119
NOTHING: Final = ("", "无", "-", "--", "—", "——", "/", "未填")
AT_ONCE: Final = ("立行立改", "立即整改", "即知即改", "立知立改")
FOR_GOOD: Final = ("长期坚持", "持续整改", "长期", "持续坚持", "常抓不懈")
CLOSED: Final = ("已销号", "销号", "已完成", "完成", "已整改", "整改到位", "已整改到位", "是", "√", "已解决", "到位")
STILL_OPEN: Final = (
    "未销号",
    "未完成",
    "否",
    "×",
    "整改中",
    "正在整改",
    "正在解决",
    "进行中",
    "推进中",
    "未整改",
    "未解决",
)
NUMBERED: Final = re.compile(r"(?:^|(?<=[\n；;。\s]))\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑳])\s*")
BETWEEN_NAMES: Final = re.compile(r"[、，,；;/\s]+")

BAD_DAY = _("This is not a date. Please write it like 2026-12-31.")
BAD_DONE = _("Please write 已销号, 未销号 or 长期坚持.")

# Words of offices beside our own labels.
CATEGORIES: Final = {
    Category.BELIEF: ("思想", "理论", "信念", "学习"),
    Category.ORGANISATION: ("组织", "班子", "队伍", "支部建设"),
    Category.CONDUCT: ("作风",),
    Category.DISCIPLINE: ("纪律", "廉洁", "廉政"),
    Category.DUTY: ("担当", "履职", "工作", "业务"),
    Category.SERVICE: ("服务", "群众", "民生"),
    Category.RULES: ("制度", "规范"),
}
ORIGINS: Final = {
    Origin.OPINION: ("征求", "意见", "群众反映", "信箱"),
    Origin.TALK: ("谈心", "谈话"),
    Origin.MATERIAL: ("对照", "剖析", "材料"),
    Origin.MEETING: ("会议", "组织生活会", "互评", "批评"),
    Origin.VOTE: ("测评",),
    Origin.VISIT: ("督导",),
    Origin.INSPECTION: ("检查", "巡察", "巡视", "审计", "上级"),
    Origin.LAST_YEAR: ("上年", "遗留", "去年"),
    Origin.SELF: ("自查", "自身", "查摆"),
}


class Unreadable(Exception):
    """A cell that says something and not what its column asks for."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


def text(cell: Any) -> str:
    """The words of a cell, its lines kept; a number without an empty fraction."""
    if cell is None:
        return ""
    if isinstance(cell, dict):
        return str(cell.get("d", ""))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = "\n".join(" ".join(line.split()) for line in str(cell).strip().splitlines())
    return "" if words in NOTHING else words


def day(cell: Any, *, ends: bool) -> tuple[date | None, bool]:
    """The day a cell tells, and whether it was told whole: of a month or year the last day where `ends`, else the
    first. Raises Unreadable."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in SERIALS and cell == int(cell):
        return ZERO + timedelta(int(cell)), True
    words = re.sub(r"(前|底|末|之前|以前|止)$", "", text(cell).replace(" ", ""))
    if not words:
        return None, True
    try:
        told = read_partial(words[:10] if isinstance(cell, dict) else words)
    except DateError:
        raise Unreadable(BAD_DAY) from None
    year, month, dom = (*map(int, told.split("-")), 0, 0)[:3]
    whole = bool(dom)
    month = month or (12 if ends else 1)
    return date(year, month, dom or (monthrange(year, month)[1] if ends else 1)), whole


def measures(cell: Any) -> tuple[str, ...]:
    """The measures of a cell: numbered, one a line, or parted by semicolons."""
    words = text(cell)
    parts = NUMBERED.split(f"\n{words}") if NUMBERED.search(f"\n{words}") else re.split(r"[\n；;]", words)
    return tuple(part.strip(" 　\n；;。") for part in parts if part.strip(" 　\n；;。"))


def names(cell: Any) -> list[str]:
    """The names of a cell in their order."""
    return [name for name in BETWEEN_NAMES.split(text(cell)) if name]


def category(cell: Any, labels: dict[str, str]) -> str:
    """The category a cell names: by our own word, else by one inside it; `labels` are ours in Chinese."""
    words = text(cell)
    return labels.get(words) or _by_words(words, CATEGORIES) or Category.OTHER


def origin(cell: Any, labels: dict[str, str]) -> tuple[str, str]:
    """The kind of origin a cell names, and its words where they say more than that."""
    words = text(cell)
    head, _colon, more = words.partition("：")
    if head in labels:
        return labels[head], more
    return _by_words(words, ORIGINS) or (Origin.OTHER if words else Origin.SELF), words


def state(cell: Any) -> str:
    """closed, standing, underway, or "" where the cell says nothing. Raises Unreadable."""
    words = text(cell).replace(" ", "")
    if not words:
        return ""
    if words in FOR_GOOD:
        return ProblemState.STANDING
    if words in STILL_OPEN or words in ("待认领", "申请销号", "退回"):
        return ProblemState.UNDERWAY
    if words in CLOSED:
        return ProblemState.CLOSED
    raise Unreadable(BAD_DONE)


def _by_words(words: str, known: dict[Any, tuple[str, ...]]) -> str:
    return next((code for code, signs in known.items() if any(sign in words for sign in signs)), "")
