"""Days as rosters tell them: whole, or only a year and a month, or only a year. Nothing is made up (F31)."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.roster.cells import Unreadable
from shell.dates import DateError, checked, read_partial

ZERO: Final = date(1899, 12, 30)  # day 0 of Excel's serial numbers
SERIALS: Final = range(5_000, 80_000)  # 1913 to 2119
FIRST_YEAR: Final = 1900

BAD = _("This is not a date. Please write 1985, 1985-06 or 1985-06-12.")
NO_SUCH = _("There is no such day. Please write 1985, 1985-06 or 1985-06-12.")
FUTURE = _("This day has not come yet. Please check the year.")
LOST_ZERO = _(
    "Excel has dropped a zero: this may be January or October. Please write the month with two digits, as text."
)


def partial(cell: Any) -> str:
    """`1985`, `1985-06` or `1985-06-12` from a cell; "" from an empty one. Raises Unreadable."""
    if type(cell) is dict:
        return _checked(cell["d"][:10])
    if type(cell) is float or type(cell) is int:
        return _of_number(float(cell))
    text = cell.strip()
    return "" if not text or text in ("无", "-", "—", "－", "/") else _read(text)


def _of_number(number: float) -> str:
    """A number cell: a year, 198506, 19850612, Excel's own count of days, or a month behind a point: 2003.07."""
    whole = int(number)
    if number != whole:
        year, _point, month = repr(number).partition(".")
        if not FIRST_YEAR <= whole <= _today().year or len(month) > 2:
            raise Unreadable(BAD)
        if month == "1":
            raise Unreadable(LOST_ZERO)
        return _read(f"{year}.{month}")
    if FIRST_YEAR <= whole <= 2100:
        return _checked(str(whole))
    if whole in SERIALS:
        return _checked((ZERO + timedelta(whole)).isoformat())
    return _read(str(whole))


def _read(text: str) -> str:
    try:
        return _checked(read_partial(text, this_year=_today().year))
    except DateError as error:
        raise Unreadable(BAD if error.code == "unreadable" else NO_SUCH) from None


def _checked(words: str) -> str:
    try:
        year, month, day = (*map(int, checked(words).split("-")), 1, 1)[:3]
    except DateError:
        raise Unreadable(NO_SUCH) from None
    if date(year, month, day) > _today():
        raise Unreadable(FUTURE)
    return words


def _today() -> date:
    return timezone.localdate()


def contradicts(one: str, other: str) -> bool:
    """True if two partial days cannot be the same day: 1985 and 1985-06 can, 1985-06 and 1985-07 cannot."""
    return bool(one and other) and not one.startswith(other) and not other.startswith(one)
