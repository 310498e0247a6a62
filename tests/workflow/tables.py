"""A move table restated from the requirement, and what a subject must do in every state."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied

from branches.rights import Right
from tests.workflow.actors import Almighty, Holding
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired, available_moves, make_move


@dataclass(frozen=True)
class Row:
    source: str
    move: str
    target: str
    who: frozenset
    note: bool
    never: str  # whoever made this move last may not make this one

    @classmethod
    def read(cls, text):
        """Lines of: from, move, to, rights joined by “+”, “note” or “-”, “never:move” or “-”."""
        cells = [line.split() for line in text.strip().splitlines()]
        return {
            cls(
                source, move, target, frozenset(who.split("+")), note == "note", never.removeprefix("never:").strip("-")
            )
            for source, move, target, who, note, never in cells
        }

    @classmethod
    def of(cls, move):
        who = frozenset(str(right) for right in move.who)
        return cls(str(move.source), move.name, str(move.target), who, move.needs_note, move.not_by)


def put(subject, state):
    """The subject in this state, as another request would find it."""
    type(subject)._base_manager.filter(pk=subject.pk).update(state=state)
    return type(subject)._base_manager.get(pk=subject.pk)


def check_every_state_and_move(subject, states, required):
    """Whoever may anything makes exactly the listed moves; the rest leaves state and history as they were."""
    for state in states:
        offered = {move.name for move in available_moves(put(subject, state), Almighty())}
        assert offered == {row.move for row in required if row.source == state}, state
        for name in {move.name for move in subject.MOVES}:
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
        for right in Right:
            fresh = put(subject, row.source)
            if right in row.who:
                make_move(fresh, row.move, actor=Holding(right), note="Because")
            else:
                with pytest.raises(PermissionDenied):
                    make_move(fresh, row.move, actor=Holding(right), note="Because")
                assert fresh.state == row.source


def check_notes(subject, required):
    """A note is asked for exactly where the table says so; blanks are none."""
    for row in required:
        fresh = put(subject, row.source)
        if row.note:
            for words in ("", " \n　"):
                with pytest.raises(NoteRequired):
                    make_move(fresh, row.move, actor=Almighty(), note=words)
            assert put(subject, row.source).state == row.source
        else:
            make_move(fresh, row.move, actor=Almighty())
