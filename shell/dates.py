"""Reading dates as people here write them: 2026-12-31, 2026.12.31, 2026/12/31, 2026年12月31日, 20261231.

Days of which only month or year is known stay so: 1988.03, 1976年7月, 196902, 1985. Forms and rosters read alike.
"""

import re
import unicodedata
from datetime import date, datetime, time

_DAY = r"(?P<y>[0-9]{4})(?:[-./。年](?P<m>[0-9]{1,2})[-./。月](?P<d>[0-9]{1,2})日?|(?P<md>[0-9]{4}))"
_TIME = r"(?P<hour>[0-9]{1,2})(?:[:时点](?P<minute>[0-9]{1,2})分?(?::[0-9]{2})?|(?P<mm>[0-9]{2}))"
_SIGN = r"[-./。年—–、]"
PARTS = re.compile(
    rf"(?P<y>[0-9]{{4}}|[0-9]{{2}})(?:{_SIGN}(?:(?P<m>[0-9]{{1,2}})(?:[-./。月—–、](?:(?P<d>[0-9]{{1,2}})[日号]?)?)?)?)?"
)
DIGITS = re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})?")
MOMENT = re.compile(rf"{_DAY}[ T]*{_TIME}")
YEARS = range(1900, 2200)


class DateError(ValueError):
    """The text is no date. `code` says why: unreadable, incomplete, no_such_day, no_such_time, year."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_day(text: str) -> date:
    """The day meant by `text`; raises DateError."""
    words = read_partial(text)
    if len(words) < len("2026-12-31"):
        raise DateError("incomplete")
    return date.fromisoformat(words)


def read_partial(text: str, *, this_year: int | None = None) -> str:
    """`1985`, `1985-06` or `1985-06-12`, as much as `text` tells; raises DateError.

    With `this_year` a year may have two digits, 85年: of the last hundred years.
    """
    plain = re.sub(r"\s", "", _plain(text))
    match = DIGITS.fullmatch(plain) or PARTS.fullmatch(plain)
    if not match or (len(match["y"]) == 2 and this_year is None):
        raise DateError("unreadable")
    year = int(match["y"])
    if len(match["y"]) == 2 and this_year is not None:
        year += this_year // 100 * 100 - (100 if year > this_year % 100 else 0)
    parts = [f"{year:04}", *(part.zfill(2) for part in (match["m"], match["d"]) if part and int(part))]
    return checked("-".join(parts))


def checked(words: str) -> str:
    """The same partial day, if it is one; raises DateError."""
    year, month, day = (*map(int, words.split("-")), 1, 1)[:3]
    if year not in YEARS:
        raise DateError("year")
    try:
        date(year, month, day)
    except ValueError:
        raise DateError("no_such_day") from None
    return words


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
