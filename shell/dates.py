"""Reading dates as people here write them: 2026-12-31, 2026.12.31, 2026/12/31, 2026年12月31日, 20261231."""

import re
import unicodedata
from datetime import date, datetime, time

_DAY = r"(?P<y>[0-9]{4})(?:[-./。年](?P<m>[0-9]{1,2})[-./。月](?P<d>[0-9]{1,2})日?|(?P<md>[0-9]{4}))"
_TIME = r"(?P<hour>[0-9]{1,2})(?:[:时点](?P<minute>[0-9]{1,2})分?(?::[0-9]{2})?|(?P<mm>[0-9]{2}))"
DAY = re.compile(_DAY)
MOMENT = re.compile(rf"{_DAY}[ T]*{_TIME}")
YEARS = range(1900, 2200)


class DateError(ValueError):
    """The text is no date. `code` says why: unreadable, no_such_day, no_such_time, year."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_day(text: str) -> date:
    """The day meant by `text`; raises DateError."""
    match = DAY.fullmatch(_plain(text).replace(" ", ""))
    if not match:
        raise DateError("unreadable")
    return _day(match)


def read_moment(text: str) -> datetime:
    """The naive moment meant by `text`, day and time; raises DateError."""
    match = MOMENT.fullmatch(_plain(text))
    if not match:
        raise DateError("unreadable")
    try:
        at = time(int(match["hour"]), int(match["minute"] or match["mm"]))
    except ValueError:
        raise DateError("no_such_time") from None
    return datetime.combine(_day(match), at)


def _plain(text: str) -> str:
    """Full-width digits, dots and colons as an input method leaves them become plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _day(match: re.Match[str]) -> date:
    month, day = (match["md"][:2], match["md"][2:]) if match["md"] else (match["m"], match["d"])
    if int(match["y"]) not in YEARS:
        raise DateError("year")
    try:
        return date(int(match["y"]), int(month), int(day))
    except ValueError:
        raise DateError("no_such_day") from None
