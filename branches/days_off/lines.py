"""Days off as they are pasted, one line each: “2026-10-01 国庆节 放假”. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from branches.models.days_off import NAME, DayKind
from shell.dates import DateError, read_day

WORDS = {
    "放假": DayKind.FREE, "休息": DayKind.FREE, "休": DayKind.FREE,
    "调休上班": DayKind.WORKED, "上班": DayKind.WORKED, "补班": DayKind.WORKED,
}  # fmt: skip
LONGEST = 31  # days from the first to the last of one line
BETWEEN = re.compile(r"[~～至到]")
GAPS = re.compile(r"[\s,，;；]+")


@dataclass(frozen=True)
class Line:
    """One day as typed."""

    day: date
    kind: str
    name: str


class Unreadable(ValueError):
    """What is wrong with one line, in words."""


def read(text: str) -> tuple[list[Line], list[str]]:
    """The days of all lines in order, and what is wrong, a sentence for each wrong line; empty lines are none."""
    found: dict[date, Line] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            days = list(_read(line.strip())) if line.strip() else []
            if twice := [one for one in days if one.day in found]:
                raise Unreadable(_("%(day)s stands above already.") % {"day": twice[0].day})
            found |= {one.day: one for one in days}
        except Unreadable as fault:
            told = {"number": number, "text": line.strip()[:NAME], "fault": fault}
            faults.append(_("Line %(number)d “%(text)s”: %(fault)s") % told)
    return sorted(found.values(), key=lambda one: one.day), faults


def _read(line: str) -> Iterator[Line]:
    when, *words = [word for word in GAPS.split(line) if word]
    kind = WORDS[words.pop()] if words and words[-1] in WORDS else None
    if kind is None:
        raise Unreadable(_("Please end the line with 放假 or 调休上班."))
    name = " ".join(words)
    if len(name) > NAME:
        raise Unreadable(_("The name may have %(most)d characters at most.") % {"most": NAME})
    first, last = _span(when)
    for n in range((last - first).days + 1):
        yield Line(first + timedelta(n), kind, name)


def _span(when: str) -> tuple[date, date]:
    ends = BETWEEN.split(when)
    try:
        first, last = (read_day(end) for end in (ends if len(ends) == 2 else ends * 2))
    except (DateError, ValueError):
        raise Unreadable(_("Please begin with a day, like 2026-10-01, or from day to day, like 2026-10-01～2026-10-07.")
                         ) from None  # fmt: skip
    if not 0 <= (last - first).days < LONGEST:
        raise Unreadable(_("The last day must not lie before the first, nor more than a month after it."))
    return first, last
