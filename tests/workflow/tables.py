"""A table of moves written out again from the requirement, and whether the code obeys it: every state × every move, every
right, every note. Each room's test_states.py holds `LIVES`; tests/workflow/test_lives.py goes over all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from branches.rights import Right
from tests.workflow.actors import Almighty, Holding
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired, available_moves, make_move

ASKED = {1: "", 2: "asked", 3: "typed"}


@dataclass(frozen=True)
class Row:
    """One line: from, move, to, rights joined by “+”, and of these words those that hold, in any order.

    note: wants a reason · named: wants words that go by another name · asked, typed: severity 2 and 3 · never:move, not by who made that one last · when:property ·
    for:right, by proxy · silent: has no button.
    """

    source: str
    move: str
    target: str
    who: frozenset
    words: frozenset

    @classmethod
    def read(cls, text):
        lines = (line.split() for line in text.strip().splitlines())
        return {cls(*names, frozenset(who.split("+")), frozenset(words)) for *names, who, words in map(_parts, lines)}

    @classmethod
    def of(cls, move):
        words = {
            ("named" if move.note_label else "note") * move.needs_note, ASKED[move.severity], "silent" * (not move.label),
            move.not_by and f"never:{move.not_by}", move.when and f"when:{move.when}",
            move.by_proxy and f"for:{'+'.join(move.by_proxy)}",
        }  # fmt: skip
        who = frozenset(str(right) for right in move.who)
        return cls(str(move.source), move.name, str(move.target), who, frozenset(words - {"", ()}))

    def after(self, head):
        """What stands behind `head:` among the words."""
        return next((word.partition(":")[2] for word in self.words if word.startswith(f"{head}:")), "")

    @property
    def rights(self):
        return self.who | set(filter(None, self.after("for").split("+")))


def _parts(cells):
    return *cells[:4], cells[4:]


@dataclass(frozen=True)
class Life:
    """What is required of one model: its states, the first of them that of a new row unless `begins` says another, its
    table, and rows to try it on, made from `world`. A row with `when` counts for those rows of which it is true."""

    model: Any
    states: str
    table: str
    subjects: Callable[[Any], Iterable[Any]]
    begins: str = ""


def put(subject, state):
    """The subject in this state, as another request would find it."""
    type(subject)._base_manager.filter(pk=subject.pk).update(state=state)
    return type(subject)._base_manager.get(pk=subject.pk)


def required_of(subject, table):
    """The rows that hold for this subject, whatever its state."""
    return {row for row in Row.read(table) if not (when := row.after("when")) or getattr(subject, when)}


def check_every_state_and_move(subject, table):
    """Whoever may anything makes exactly the listed moves; the rest leaves state and history as they were."""
    for state in subject.State.values:
        offered = {move.name for move in available_moves(put(subject, state), Almighty())}
        assert offered == {row.move for row in required_of(put(subject, state), table) if row.source == state}, state
        for name in {move.name for move in subject.MOVES}:
            required = required_of(put(subject, state), table)  # anew: a condition may look at the history
            row = next((row for row in required if (row.source, row.move) == (state, name)), None)
            fresh, told = put(subject, state), History.objects.of(subject).count()
            if row is None:
                with pytest.raises(MoveNotAllowed):
                    make_move(fresh, name, actor=Almighty(), note="Because")
            else:
                make_move(fresh, name, actor=Almighty(), note=" Because ")
                last = History.objects.of(subject).last()
                assert (last.move, last.source, last.target, last.note) == (name, state, row.target, "Because")
            assert History.objects.of(subject).count() == told + (row is not None)
            assert type(subject)._base_manager.get(pk=subject.pk).state == (row.target if row else state)


def check_every_right(subject, required):
    """Each listed move is made by holders of the listed rights, one by one, and of no other right."""
    for row in required:
        for right in (*Right, "system"):
            fresh = put(subject, row.source)
            if right in row.rights:
                make_move(fresh, row.move, actor=Holding(right), note="Because")
            else:
                with pytest.raises(PermissionDenied):
                    make_move(fresh, row.move, actor=Holding(right), note="Because")
                assert fresh.state == row.source


def check_notes(subject, required):
    """A note is asked for exactly where the table says so; blanks are none."""
    for row in required:
        fresh = put(subject, row.source)
        if row.words & {"note", "named"}:
            for words in ("", " \n　"):
                with pytest.raises(NoteRequired):
                    make_move(fresh, row.move, actor=Almighty(), note=words)
            assert put(subject, row.source).state == row.source
        else:
            make_move(fresh, row.move, actor=Almighty())
