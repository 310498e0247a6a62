"""What came with a grid, judged cell by cell: against what its sender saw, and against what stands by now."""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext as _

from appraisals.rounds.grid.sheet import Cell, Line, Standing
from figures.actions import Entry, Told
from figures.units import read

LONGEST = 40  # of what one cell may hold; beyond it nobody means a number
_NAME = re.compile(r"t-([0-9]{1,18})-[0-9]+")  # of a cell: the branch and the column


class Verdict(Enum):
    SAME = auto()  # its sender changed nothing, or it stands so by now
    NEW = auto()
    CHANGED = auto()
    EMPTIED = auto()
    CONFLICT = auto()  # somebody else has changed it since it was seen
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a cell showed when its sender got it: the total by its key, and the words."""

    key: int = 0
    text: str = ""


def judge(text: str, seen: Seen, standing: Standing) -> Verdict:
    """What is to be done about the words of one cell."""
    try:
        typed = _number(text)
    except ValueError:
        return Verdict.WRONG
    before = _number(seen.text) if seen.key else None
    if typed in (before, standing.number):
        return Verdict.SAME
    if seen.key != standing.key:
        return Verdict.CONFLICT
    if typed is None:
        return Verdict.EMPTIED
    return Verdict.CHANGED if standing.key else Verdict.NEW


def _number(text: str) -> tuple[int, str] | None:
    return read(text[:LONGEST])


@dataclass(frozen=True, slots=True)
class Sent:
    """The cells of a form by their names, and what each showed."""

    texts: Mapping[str, str]
    seen: Mapping[str, Seen]

    @classmethod
    def of(cls, posted: Any) -> "Sent":
        """As a browser sends them: a field a cell, or all of them in one as the page before an import is confirmed."""
        texts = {name: text.strip()[:LONGEST] for name, text in posted.items() if name.startswith("t-")}
        told = _told(posted.get("cells", ""))
        texts |= {name: str(text)[:LONGEST] for name, text in told.items() if isinstance(text, str)}
        return cls(texts, {name: _seen(one) for name, one in _told(posted.get("seen", "")).items()})

    @property
    def places(self) -> set[int]:
        """The branches that any of them is about, by key."""
        return {int(found[1]) for name in self.texts if (found := _NAME.fullmatch(name))}

    def judged(self, lines: Iterable[Line], *, may_empty: bool) -> dict[Verdict, list[Cell]]:
        """The cells that were sent, by what is to be done; those that cannot be taken say why. `may_empty`: a reason
        was given for making totals void."""
        found: dict[Verdict, list[Cell]] = {verdict: [] for verdict in Verdict}
        for line in lines:
            for cell in line.cells:
                if cell.name in self.texts:
                    cell.text = self.texts[cell.name]
                    verdict = judge(cell.text, self.seen.get(cell.name, Seen()), cell.standing)
                    found[verdict].append(cell)
                    _mark(cell, verdict, may_empty)
        return found


def _mark(cell: Cell, verdict: Verdict, may_empty: bool) -> None:
    if verdict is Verdict.WRONG:
        cell.fault = _("Not a number. Please write it like 340 or 340余, 近340, 约340.")
    elif verdict is Verdict.CONFLICT:
        cell.theirs = cell.standing.text
        cell.fault = _("Changed meanwhile; now it reads: %s") % (cell.theirs or _("empty"))
    elif verdict is Verdict.EMPTIED and not may_empty:
        cell.fault = _("Emptied: the old total is made void. Please give the reason in the note above.")
    elif verdict is Verdict.SAME:
        cell.text = cell.standing.text


def entries(found: Mapping[Verdict, Iterable[Cell]], common: Mapping[str, Any]) -> list[Entry]:
    """What the action writes: `common` holds source, as_of and note, the same for all."""
    told = [
        _entry(cell, Told(number[0], common["as_of"], number[1], source=common["source"], note=common["note"]))
        for verdict in (Verdict.NEW, Verdict.CHANGED)
        for cell in found[verdict]
        if (number := _number(cell.text))
    ]
    return told + [_entry(cell, None) for cell in found[Verdict.EMPTIED]]


def _entry(cell: Cell, given: Told | None) -> Entry:
    column = cell.column
    return Entry(cell.organisation, column.metric.code, column.period, given, over=cell.standing.key)


def _told(text: str) -> dict[str, Any]:
    """A dictionary written as JSON; empty where it is none."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _seen(one: Any) -> Seen:
    match one:
        case [int(key), str(text)] if key:
            with suppress(ValueError):
                _number(text)
                return Seen(key, text)
    return Seen()


def shown(lines: Iterable[Line]) -> str:
    """What these cells show, for the form to send back."""
    return json.dumps(
        {c.name: [c.standing.key, c.standing.text] for line in lines for c in line.cells if c.standing.key},
        separators=(",", ":"),
    )
