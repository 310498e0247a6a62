"""The one engine behind every workflow: a table of moves, and one function that makes them.

A model that moves is a `Moving` (workflow/moving.py) with an `organisation`. A state changes nowhere else (I3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from workflow.actions import record
from workflow.actors import Actor
from workflow.models import History


class MoveNotAllowed(Exception):
    """The subject is not in a state from which this move exists, or somebody was faster."""


class NoteRequired(Exception):
    """This move wants a reason and got none."""


@dataclass(frozen=True)
class Move:
    """One row of a move table.

    who: the rights that may make it, any one of them. by_proxy: the rights that may make it for the branch as 代录人.
    when: name of a property of the subject that must be true. not_by: who made that move last may not make this one.
    label: the words on its button; without one it has none, and no address. severity: see shell/confirm.py.
    note_label: what the reason is called where it is none.
    """

    name: str
    source: str
    target: str
    who: tuple[str, ...]
    label: str | Promise = ""
    needs_note: bool = False
    note_label: str | Promise = ""
    when: str = ""
    not_by: str = ""
    by_proxy: tuple[str, ...] = ()
    severity: Literal[1, 2, 3] = 1
    primary: bool = False


def available_moves(subject: Any, actor: Actor) -> list[Move]:
    """The moves `actor` may make on `subject` now: those with a label are the buttons of its page."""
    moves: Sequence[Move] = subject.MOVES
    return [move for move in moves if _exists(move, subject) and _refusal(move, subject, actor) is None]


@transaction.atomic
def make_move(subject: Any, name: str, *, actor: Actor, note: str = "", entered_for: Any = "", **changes: Any) -> Move:
    """Make one move by compare-and-set, with `changes` to other columns, and tell it in the history; `entered_for`
    names the person for whom the actor types (代录).

    Raises PermissionDenied, MoveNotAllowed (wrong state, or lost a race), NoteRequired; the right is asked first, so
    that nobody without it learns the state.
    """
    named = [m for m in subject.MOVES if m.name == name]
    if not any(_holds(m.who + m.by_proxy, subject, actor) for m in named):
        raise PermissionDenied
    move = next((m for m in named if _exists(m, subject)), None)
    if move is None:
        raise MoveNotAllowed(_("This step is not possible now: the record is “%s”.") % subject.get_state_display())
    if _refusal(move, subject, actor) is not None:
        raise PermissionDenied
    if move.needs_note and not note.strip():
        raise NoteRequired(_("Please fill in: %s") % move.note_label if move.note_label else _("Please give a reason."))
    rows = type(subject)._base_manager.filter(pk=subject.pk, state=move.source)
    if not rows.update(state=move.target, **changes):
        raise MoveNotAllowed(_("Somebody else has just changed this record. Please look at it again."))
    subject.state = move.target
    is_proxy = not _holds(move.who, subject, actor)
    told = {"source": move.source, "target": move.target, "note": note.strip()}
    told["entered_for"] = str(entered_for) or (str(subject.organisation) if is_proxy else "")
    record(subject, name, actor=actor, rights=move.by_proxy if is_proxy else move.who, **told)
    return move


def _exists(move: Move, subject: Any) -> bool:
    return move.source == subject.state and (not move.when or bool(getattr(subject, move.when)))


def _refusal(move: Move, subject: Any, actor: Actor) -> str | None:
    if not _holds(move.who + move.by_proxy, subject, actor):
        return "right"
    if move.not_by and History.objects.of(subject).filter(move=move.not_by).last_actor_key() == actor.actor_key:
        return "same person"
    return None


def _holds(rights: tuple[str, ...], subject: Any, actor: Actor) -> bool:
    return any(actor.may(right, subject) for right in rights)
