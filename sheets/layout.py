"""What a sheet looks like, told as plain data: columns, title, headings, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

CellKind = Literal["text", "int", "number", "date", "datetime"]


@dataclass(frozen=True)
class Column:
    """One column; columns side by side with the same `group` share a merged heading above their own."""

    title: str
    width: float = 12
    kind: CellKind = "text"
    group: str = ""


@dataclass(frozen=True)
class Layout:
    """An official table: title, unit line, one or two rows of headings, data, signatures, and a sheet of notes.

    `total` places a row 合计 that adds up the int columns: first for statistics 统计表, last for ledgers 台账. Where
    `counted` names what a row is (次, 人), the second column of 合计 and 小计 says how many there are.
    `notes` are (label, text) pairs: who exported, when, with which filter, by which rules; the writer adds the rows.
    """

    title: str
    columns: Sequence[Column]
    reporting_unit: str = ""
    unit: str = ""
    footer: bool = True
    total: Literal["first", "last"] | None = None
    counted: str = ""
    notes: Sequence[tuple[str, str]] = ()

    @property
    def has_groups(self) -> bool:
        """True if the headings take two rows."""
        return any(column.group for column in self.columns)
