"""仅列缺席: only those who were away are typed, with their reasons; everybody else came.

    王芳 事假；李强、陈静 外出培训
    赵敏 缺席 联系不上

One entry a line or between semicolons: names, then 请假 (if nothing is said) or 缺席, then the reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from meetings.due import Due
from meetings.models import Status
from shell.outline import plain

NOBODY = frozenset({"无", "没有", "全部到会", "全体到会"})
ENTRY = re.compile(r"[;；\n。]")
NUMBER = re.compile(r"^\s*(?:\d{1,2}[.．、)）]|[（(]\d{1,2}[)）])\s*")
BETWEEN = re.compile(r"\s*[、,，]\s*|\s+(?:和|及|与)?\s*|和|及|与")
# What may follow a name without a space between; 王伟民 is not 王伟, whatever comes after.
AFTER_NAME = re.compile(
    r"$|[^\u4e00-\u9fff]|和|及|与|请假|病|事假|公|产假|年假|休|婚假|丧假|缺席|未|无故|旷|因|外出|出差|在外|住院|值班|培训|学习|探"
)
ABSENT = re.compile(r"(?:无故)?(?:缺席|旷会|未到会|未到)[:：,，\s]*")
ON_LEAVE = re.compile(r"请假[:：,，\s]*")
FIRST_WORD = re.compile(r"[^\s、,，:：（(]{1,20}")


@dataclass
class Read:
    """Who was away, as (status, reason) by member; and what could not be read, in words."""

    away: dict[int, tuple[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read(text: str, members: Sequence[Due]) -> Read:
    """The list of those away; `members` are named as the page calls them, namesakes with their mark."""
    found = Read()
    if plain(text).strip(" 。") in NOBODY:
        return found
    known = _known(members)
    for entry in ENTRY.split(plain(text)):
        if words := NUMBER.sub("", entry).strip():
            _read_entry(words, known, found)
    return found


def _known(members: Sequence[Due]) -> list[tuple[str, list[Due]]]:
    """Every way of naming somebody, the longest first, with all who answer to it: the bare name of namesakes too."""
    names: dict[str, list[Due]] = {}
    for due in members:
        bare = re.sub(r"（.*）$", "", due.name)
        for name in {due.name, due.name.replace("（", "(").replace("）", ")"), bare}:
            names.setdefault(name, []).append(due)
    return sorted(names.items(), key=lambda pair: -len(pair[0]))


def _read_entry(words: str, known: list[tuple[str, list[Due]]], found: Read) -> None:
    people, place = [], 0
    for at, due in _named(words, known):
        place = at
        people.append(due)
    rest = words[place:]
    if not people or re.match(r"\s*、", rest):
        first = FIRST_WORD.search(rest)
        who = first[0] if first else words
        found.faults.append(_("“%(name)s” is not in the register of that day: please check the name.") % {"name": who})
        return
    status, reason = _told(rest)
    for several in people:
        if len(several) > 1:
            names = _(" or ").join(due.name for due in several)
            found.faults.append(_("Two members have this name: please write %(names)s.") % {"names": names})
        elif several[0].member_id in found.away:
            found.faults.append(_("“%(name)s” is listed twice.") % {"name": several[0].name})
        else:
            found.away[several[0].member_id] = (status, reason)


def _named(words: str, known: list[tuple[str, list[Due]]]) -> Iterator[tuple[int, list[Due]]]:
    """(place behind it, who is meant) of each name at the beginning of an entry."""
    at = 0
    while True:
        start = at
        if at and (gap := BETWEEN.match(words, at)):
            start = gap.end()
        elif at:
            return
        named = next(((name, who) for name, who in known if _stands(words, start, name)), None)
        if named is None:
            return
        at = start + len(named[0])
        yield at, named[1]


def _stands(words: str, at: int, name: str) -> bool:
    return words.startswith(name, at) and bool(AFTER_NAME.match(words, at + len(name)))


def _told(rest: str) -> tuple[str, str]:
    """(status, reason) of what follows the names: 因病请假, 请假：外出, （缺席，联系不上）."""
    words = rest.strip(" :：,，、（）()　")
    absent = ABSENT.match(words)
    if absent:
        return Status.ABSENT, words[absent.end() :].strip()
    return Status.ON_LEAVE, ON_LEAVE.sub("", words, count=1).strip() if ON_LEAVE.match(words) else words
