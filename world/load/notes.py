"""Checks of study notes in a big world: one in twenty branches looked at everybody's; its last member fell short."""

from collections.abc import Iterator
from datetime import timedelta

from meetings.models import NotesCheck, NotesLine, NotesResult
from world.load.plan import Branch
from world.load.registry import Load, fills

EVERY = 20  # branches
ASKED = 8


def _checks(load: Load) -> Iterator[tuple[int, Branch]]:
    """Key and branch."""
    return enumerate(load.plan.branches[::EVERY], 1)


@fills(NotesCheck, NotesLine)
def checks(load: Load) -> None:
    """Each with the register of a day not long ago, to which nobody was added since."""
    day = load.plan.today - timedelta(20)
    columns = ("id", "organisation_id", "checked_on", "subject", "asked", "correct_by", "meets", "short")
    due = day + timedelta(14)
    rows = ((key, b.key, day, "读书笔记", ASKED, due, b.size - 1, 1) for key, b in _checks(load))
    load.put(NotesCheck, columns, rows)
    load.put(NotesLine, ("notes_check_id", "member_id", "result", "answered", "remark"), (
        (key, b.first + place, *_found(place == b.size - 1)) for key, b in _checks(load) for place in range(b.size)
    ))  # fmt: skip


def _found(falls_short: bool) -> tuple[str, int, str]:
    return (NotesResult.SHORT, 5, "缺三题") if falls_short else (NotesResult.MEETS, ASKED, "")
