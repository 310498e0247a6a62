"""The one engine behind every workflow: a table of moves, and one function that makes them.

A model that moves is a `Moving` (workflow/moving.py) with an `organisation`. A state changes nowhere else (I3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from workflow.actions import record, record_many
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
    label: the words on its button; without one it has none, and no address. severity: see shell/confirm.py; asks: what
    is said before it is asked, of a subject that gives cause (branches.moving). reasons: choices, value and words, any
    of which stands for a note.
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
    asks: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    primary: bool = False


def available_moves(subject: Any, actor: Actor) -> list[Move]:
    """The moves `actor` may make on `subject` now: those with a label are the buttons of its page."""
    moves: Sequence[Move] = subject.MOVES
    return [move for move in moves if _exists(move, subject) and _refusal(move, subject, actor) is None]


def is_by_proxy(move: Move, subject: Any, actor: Actor) -> bool:
    """Whether the actor may make it for the branch or the person only, as 代录人."""
    return bool(_by(move, subject, actor))


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
    is_proxy = is_by_proxy(move, subject, actor)
    told = {"source": move.source, "target": move.target, "note": note.strip()}
    told["entered_for"] = str(entered_for) or (str(subject.organisation) if is_proxy else "")
    record(subject, name, actor=actor, rights=move.by_proxy if is_proxy else move.who, **told)
    return move


@transaction.atomic
def make_moves(
    subjects: Iterable[Any], name: str, *, actor: Actor, note: str = "", notes: Mapping[Any, str] | None = None,
    **changes: Any,
) -> list[Any]:  # fmt: skip
    """Make one move on many subjects of one model, each with its `organisation`, and tell it of each; those moved.

    `notes`: by key what is told of one subject beside the note of all. A subject in another state, or on which the
    actor may not make it, is left as it is. In a handful of statements, however many there are. Raises NoteRequired,
    and ValueError for a move with `not_by`, which asks per row.
    """
    subjects = list(subjects)
    named = [move for move in subjects[0].MOVES if move.name == name] if subjects else []
    if any(move.not_by for move in named):
        raise ValueError(f"{name} looks back at who moved each subject: it is made one by one")
    if any(move.needs_note for move in named) and not note.strip():
        raise NoteRequired(_("Please give a reason."))
    moved: list[Any] = []
    for move in named:
        for proxy in (False, True):
            able = [s for s in subjects if _exists(move, s) and _by(move, s, actor) == proxy]
            told = [(subject, joined(note, (notes or {}).get(subject.pk, ""))) for subject in able]
            moved += _move_all(told, move, proxy, actor, changes)
    return moved


def joined(*notes: str) -> str:
    """Notes told as one."""
    return "；".join(filter(None, (note.strip() for note in notes)))


def _move_all(
    able: list[tuple[Any, str]], move: Move, proxy: bool, actor: Actor, changes: dict[str, Any]
) -> list[Any]:  # fmt: skip
    """Move those subjects, each with what is told of it, that are still where the move begins."""
    if not able:
        return []
    rows = type(able[0][0])._base_manager.filter(pk__in=[subject.pk for subject, _note in able], state=move.source)
    held = set(rows.select_for_update().values_list("pk", flat=True))
    rows.filter(pk__in=held).update(state=move.target, **changes)
    moved = [subject for subject, _note in able if subject.pk in held]
    notes = [note for subject, note in able if subject.pk in held]
    told = {"source": move.source, "target": move.target}
    rights = move.by_proxy if proxy else move.who
    record_many(moved, move.name, actor=actor, notes=notes, rights=rights, for_branch=proxy, **told)
    for subject in moved:
        subject.state = move.target
    return moved


def _by(move: Move, subject: Any, actor: Actor) -> bool | None:
    """Whether the actor makes it for the branch as 代录人; None where he may not make it."""
    if _holds(move.who, subject, actor):
        return False
    return True if _holds(move.by_proxy, subject, actor) else None


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
