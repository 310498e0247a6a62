"""Where the headings of a roster stand: below a title, in one line or two, merged or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from branches.roster.columns import guessed, meant_by

SEARCHED: Final = 30  # rows from the top
LONGEST: Final = 40  # characters of a heading


@dataclass(frozen=True)
class Heading:
    """`row` is the last row of the headings, as Excel counts; `titles` one text a column, from column A on."""

    row: int
    titles: tuple[str, ...]


def find(rows: Sequence[Sequence[Any]]) -> Heading | None:
    """The headings among the first rows of a sheet (row number, then cells); None where nothing names people."""
    best, at = 1, None
    lines = [_texts(row) for row in rows[: SEARCHED + 1]]
    for n, line in enumerate(lines[:SEARCHED]):
        keys = {meant_by(text) for text in line} - {""}
        if "name" in keys and n + 1 < len(lines) and _goes_on(line, lines[n + 1]):
            keys |= {meant_by(text) for text in lines[n + 1]} - {""}
        if "name" in keys and len(keys) > best:
            best, at = len(keys), n
    if at is None:
        return None
    above = lines[at - 1] if at else []
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else []
    if below and _goes_on(line, below):
        return Heading(rows[at + 1][0], _joined(_spread(line), below))
    return Heading(rows[at][0], _joined(above, line))


def _texts(row: Sequence[Any]) -> list[str]:
    return [cell.strip().replace("\n", "")[:LONGEST] if isinstance(cell, str) else "" for cell in row[1:]]


def _goes_on(line: list[str], below: list[str]) -> bool:
    """True if the row below is a second line of headings: nothing, or the same, under the name, and words elsewhere."""
    name = next(n for n, text in enumerate(line) if meant_by(text) == "name")
    under = below[name] if name < len(below) else ""
    told = [text for n, text in enumerate(below) if text and n != name]
    if under not in ("", line[name]) or not told:
        return False
    return any(guessed(text) or guessed(_at(line, n) + text) for n, text in enumerate(below) if text and n != name)


def _at(line: list[str], n: int) -> str:
    return line[n] if n < len(line) else ""


def _spread(line: list[str]) -> list[str]:
    """A first line whose merged cells were told at their left end only: empty cells show what stands left of them."""
    shown: list[str] = []
    for text in line:
        shown.append(text or (shown[-1] if shown else ""))
    return shown


def _joined(above: list[str], line: list[str]) -> tuple[str, ...]:
    """For each column the lower words where they say enough, both together where only that does, else the upper."""
    titles = []
    for n in range(max(len(line), len(above))):
        upper, lower = _at(above, n), _at(line, n)
        both = upper + lower if upper != lower else lower
        if not lower:
            titles.append(upper if meant_by(upper) and upper not in titles else "")
        elif not guessed(lower) and guessed(both):
            titles.append(both)
        else:
            titles.append(lower)
    return tuple(titles)
