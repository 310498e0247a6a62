"""Making the moves of a problem: claiming, asking to close it, verifying, making void."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import User
from branches.rights import Right
from rectification.problems.actions.counting import count
from rectification.problems.clear import refuse_unclear
from rectification.problems.kinds import Verified, Whose
from rectification.problems.models import Problem
from rectification.problems.rules import is_his
from rectification.problems.states import CLOSINGS
from workflow.moves import Move, make_move, make_moves


@transaction.atomic
def move(problem: Problem, name: str, *, actor: User, note: str = "") -> Move:
    """Make one move; the note of a request is its evidence, that of a closing its result.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired, ValidationError: R15 for a claim, R16 for a closing.
    """
    changes: dict[str, Any] = {}
    if name == "request":
        changes = {"evidence": note.strip(), "requested_on": timezone.localdate()}
    elif name in CLOSINGS:
        changes = _closing(problem, name, actor, note.strip())
    if name != "claim":
        changes["late_marked"] = False  # the clock marks again what is owed and late
    made = make_move(problem, name, actor=actor, note=note, **changes)
    for column, value in changes.items():
        setattr(problem, column, value)
    if name == "claim":
        refuse_unclear(problem)
    elif name in ("void", "close_at_once"):
        _refuse_own(problem, actor)
    count([problem], actor=actor)
    return made


@transaction.atomic
def void_each(problems: Sequence[Problem], *, actor: User, note: str) -> list[Problem]:
    """Make void those of these problems on which the actor may; which were. Raises NoteRequired."""
    others = [problem for problem in problems if not is_his(problem, actor)]
    moved = make_moves(others, "void", actor=actor, note=note, late_marked=False)
    count(moved, actor=actor)
    return moved


def _closing(problem: Problem, name: str, actor: User, words: str) -> dict[str, Any]:
    """What a closing leaves on the row: when, on what it rests, who, and the result."""
    told: dict[str, Any] = {
        "closed_on": timezone.localdate(), "verified_as": _as_what(problem, name, actor), "verifier": actor,
        "verified_words": words,
    }  # fmt: skip
    if name == "close_at_once":
        told["evidence"] = words
    if name == "close_signed":
        told["verifier_member"] = problem.checker
    elif name in ("close", "close_at_once"):
        told["verifier_member"] = None if is_his(problem, actor) else actor.member
    return told


def _as_what(problem: Problem, name: str, actor: User) -> str:
    by_name = {
        "close_by_assembly": Verified.ASSEMBLY,
        "close_signed": Verified.CHECKER,
        "close_at_once": Verified.AT_ONCE,
    }
    if name in by_name:
        return by_name[name]
    if actor.member_id is not None and actor.member_id == problem.checker_id:
        return Verified.CHECKER
    serves = problem.whose == Whose.MEMBER and actor.may(Right.WRITE_FOR_COMMITTEE, _place(problem))
    return Verified.COMMITTEE if serves else Verified.SUPERIOR


def _place(problem: Problem) -> Any:
    """The branch, asked about instead of the row: what one serves there does not hang on whose row it is."""
    return problem.organisation


def _refuse_own(problem: Problem, actor: User) -> None:
    """Raise ValidationError for whoever would judge his own work (R16)."""
    if is_his(problem, actor):
        raise ValidationError(
            _("Nobody closes or makes void a problem that he is responsible for himself: please leave it to somebody"
              " else of the committee, or to the superior.")
        )  # fmt: skip
