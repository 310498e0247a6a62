"""What may be typed short on the writing page, written out before its forms are read: with and without script."""

import re
from collections.abc import Sequence

from django.http import QueryDict

from meetings.away import read
from meetings.due import Due
from meetings.models import Status

TIME = re.compile(r"\s*\d{1,2}[:：时点]\d{0,2}分?\s*")
DAY = re.compile(r"\s*(\S+?[-./年]\d{1,2}[-./月]\d{1,2}日?)")


def written_out(data: QueryDict, members: Sequence[Due]) -> tuple[QueryDict, list[str]]:
    """What was typed with the end of the meeting on its day and the list of those away turned into ticks; and what of
    that list could not be read. Where something could not, the list stays as typed."""
    typed = data.copy()
    begins, ends, away = (str(typed.get(name, "")) for name in ("started_at", "ended_at", "away"))
    day = DAY.match(begins)
    if day and TIME.fullmatch(ends):
        typed["ended_at"] = f"{day[1]} {ends.strip()}"
    if not away.strip():
        return typed, []
    found = read(away, members)
    if found.faults:
        return typed, found.faults
    for due in members:
        ticked = f"status_{due.member_id}"
        if due.member_id in found.away:
            typed[ticked], typed[f"reason_{due.member_id}"] = found.away[due.member_id]
        elif not typed.get(ticked) and not due.is_exempt:
            typed[ticked] = Status.PRESENT.value
    typed["away"] = ""
    return typed, []
