"""Identity numbers: read, checked, and kept only as a keyed hash and the last four characters.

The key lies in a file of its own in DATA_DIR (config/settings.py); without it a stolen database tells no number.
"""

import hmac
import re
from operator import mul
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from branches.roster.cells import NOTHING, Unreadable

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
OFFSET: Final = ord("0") * sum(WEIGHTS)
CHECKS: Final = "10X98765432"
NUMBER: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
OLD: Final = re.compile(r"[1-9][0-9]{14}")
EXPONENT: Final = re.compile(r"[0-9.]+E\+?[0-9]+", re.IGNORECASE)

LOST = _(
    "Excel has lost digits of this identity number. It was left out; set the column to text and type it again, or leave"
    " it empty."
)
WRONG = _("This identity number is mistyped: its last character does not fit. It was left out.")
NO_NUMBER = _("This is not an identity number of 18 digits. It was left out.")


def read(cell: Any) -> str:
    """The number of eighteen characters, or "". Raises Unreadable; what Excel has spoiled is told apart."""
    if type(cell) is float or type(cell) is int:
        raise Unreadable(LOST if abs(cell) >= 1e15 else NO_NUMBER)
    if type(cell) is str and NUMBER.fullmatch(cell) and _with_check(cell[:17]) == cell:
        return cell
    text = cell.strip(" '’‘\t\n").upper() if type(cell) is str else ""
    if text in NOTHING:
        return ""
    text = text.replace(" ", "")
    if OLD.fullmatch(text):
        text = _with_check(f"{text[:6]}19{text[6:]}")
    if not NUMBER.fullmatch(text):
        raise Unreadable(LOST if EXPONENT.fullmatch(text) else NO_NUMBER)
    if _with_check(text[:17]) != text:
        raise Unreadable(LOST if text.endswith("000") else WRONG)
    return text


def _with_check(digits: str) -> str:
    return digits + CHECKS[(sum(map(mul, digits.encode(), WEIGHTS)) - OFFSET) % 11]


def digest(number: str) -> str:
    """The keyed hash under which a number is found again: 64 hexadecimal digits; "" of none."""
    return hmac.digest(settings.IDENTITY_KEY.encode(), number.encode(), "sha256").hex() if number else ""
