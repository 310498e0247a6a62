"""Empty sheets to fill in: an official layout with one example line, and a sheet of notes on each column."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sheets.layout import Layout
from sheets.writer import write

EXAMPLE: Final = "示例"  # stands in the first cell of the example line; readers leave such a line out


def write_template(path: Path, layout: Layout, example: Sequence[object], notes: Iterable[tuple[str, str]]) -> None:
    """Write `layout` to `path` with one line marked as the example, `notes` as (column, how to fill it)."""
    filled = replace(layout, footer=False, total=None, notes=(*layout.notes, *notes))
    write(path, filled, [(EXAMPLE, *example[1:])])
