"""A column of values as the XML of its cells: whole batches through string methods instead of a call per cell.

No function here writes `<f>`: a cell is text or a number, never a formula.
"""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

EMPTY = "/>"
LONGEST = 32_767  # what Excel takes in one cell, counted in UTF-16 units
CUT_MARK = "…(内容过长,以下省略,完整内容见系统)"
BIGGEST = 10**15  # Excel keeps fifteen digits; a longer number is written as text
DAY_ZERO = date(1899, 12, 30).toordinal()
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was

# Between the texts of a batch while they are cleaned together; not in UNREADABLE, for it must survive the cleaning.
SEPARATOR = "\x1f"
EDGES = ("\n", "\t", f" {SEPARATOR}", f"{SEPARATOR} ")  # where Excel would trim a text unless told not to
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1e\ud800-\udfff\ufffe\uffff]")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # _x000D_ in a cell means a carriage return to Excel


def readable(text: str) -> str:
    """`text` without what XML cannot hold: control characters, lone surrogates; line ends as Excel writes them."""
    return UNREADABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _escaped(text: str) -> str:
    text = readable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def _shortened(text: str) -> str:
    """`text` cut to what one cell takes, with a mark that says so."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT_MARK))].decode("utf-16-le", "ignore") + CUT_MARK


def lines_of(text: str, width: float) -> int:
    """How many lines `text` takes in a column of `width`, rather one too many: each character is two wide if any is."""
    room = max(1, int(width) - 1)
    if "\n" in text:
        return sum(lines_of(line, width) for line in text.split("\n"))
    return max(1, -(-(len(text) if text.isascii() else 2 * len(text)) // room))


def lines_each(words: Sequence[Any], width: float) -> list[int]:
    """How many lines each of `words`, texts or None, takes in a column of `width`."""
    room = max(1, int(width) - 1)
    words = [word or "" for word in words]
    if "\n" in SEPARATOR.join(words):
        return [lines_of(word, width) for word in words]
    return [-(-(len(word) if word.isascii() else 2 * len(word)) // room) or 1 for word in words]


def texts(values: Sequence[object]) -> str:
    """Cells that hold text, whatever the values are; None and the empty text are empty cells."""
    words = [value if type(value) is str else "" if value is None else str(value) for value in values]
    if max(map(len, words)) > LONGEST // 2:
        words = [_shortened(word) for word in words]
    joined = _escaped(SEPARATOR.join(words))
    if joined.count(SEPARATOR) != len(words) - 1:
        joined = SEPARATOR.join([_escaped(word.replace(SEPARATOR, "")) for word in words])
    # Told for a whole batch: asking each text costs more than saying it.
    is_edged = joined.startswith(" ") or joined.endswith(" ") or any(edge in joined for edge in EDGES)
    kept = ' xml:space="preserve"' if is_edged else ""
    opened, closed = f' t="inlineStr"><is><t{kept}>', "</t></is></c>"
    cells = f"{opened}{joined.replace(SEPARATOR, f'{closed}{SEPARATOR}{opened}')}{closed}"
    return cells.replace(f"{opened}{closed}", EMPTY)


def numbers(values: Sequence[Any]) -> str:
    """Cells that hold numbers; a word among them ("—", "未报") stays a word."""
    return SEPARATOR.join([
        f"><v>{value}</v></c>" if type(value) is int and -BIGGEST < value < BIGGEST else _other_number(value)
        for value in values
    ])  # fmt: skip


def _other_number(value: Any) -> str:
    if isinstance(value, int | float | Decimal) and math.isfinite(value) and -BIGGEST < value < BIGGEST:
        return f"><v>{value + 0}</v></c>"
    return texts([value])


def days(values: Sequence[object]) -> str:
    """Cells that hold days; a word among them ("2021.03") stays a word."""
    return SEPARATOR.join([_day(value) for value in values])


def _day(value: object) -> str:
    if isinstance(value, datetime):
        value = _local(value).date()
    if isinstance(value, date) and value >= FIRST_DAY:
        return f"><v>{value.toordinal() - DAY_ZERO}</v></c>"
    return texts([value])


def moments(values: Sequence[object]) -> str:
    """Cells that hold a day and a time of day in the site's time zone."""
    return SEPARATOR.join([_moment(value) for value in values])


def _moment(value: object) -> str:
    if not isinstance(value, datetime) or value.year <= FIRST_DAY.year:
        return _day(value)
    local = _local(value)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return f"><v>{local.toordinal() - DAY_ZERO + seconds / 86_400!r}</v></c>"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


BY_KIND: dict[str, Callable[[Sequence[object]], str]] = {
    "text": texts,
    "int": numbers,
    "number": numbers,
    "date": days,
    "datetime": moments,
}
