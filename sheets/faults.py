"""What is wrong with rows somebody sent, as data: shown on a page and handed back as a sheet to work from."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sheets.layout import Column, Layout
from sheets.writer import write

LONGEST_VALUE: Final = 60  # of what is shown of a cell


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be taken as it is: row as Excel counts, heading of the column, what stands there, and words
    that say what to do. A note stops nothing: the row is taken without this cell."""

    row: int
    column: str
    value: str
    words: str | Promise
    is_note: bool = False


def shown(value: object) -> str:
    """A cell as a fault quotes it: a number without an empty fraction, a long text cut."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = value.get("d", "")
    text = str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def write_faults(path: Path, title: str, faults: Iterable[Fault], *, notes: Iterable[tuple[str, str]] = ()) -> int:
    """Write `faults` as a sheet to `path`, one a line in the order given; their number."""
    columns = [
        Column(_("Row"), 8, "int"),
        Column(_("Weight"), 12),
        Column(_("Column"), 16),
        Column(_("What stands there"), 28),
        Column(_("What to do"), 70),
    ]
    layout = Layout(title, columns, footer=False, notes=tuple(notes))
    weights = {True: _("For information"), False: _("To be corrected")}
    return write(path, layout, ((f.row, weights[f.is_note], f.column, f.value, str(f.words)) for f in faults))
