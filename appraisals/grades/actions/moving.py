"""The steps of a grade by button: one, or those of a branch ticked on its page."""

from collections.abc import Sequence

from django.db import transaction

from appraisals.grades.metrics import OF_MEMBERS
from appraisals.grades.models import Grade, Grading
from appraisals.grades.steps import changes, check, exists, require_running
from figures.actions import recount
from figures.registry import Period
from workflow.actors import Actor, require_any
from workflow.moves import Move, make_move, make_moves


@transaction.atomic
def move(grade: Grade, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make one step of one grade.

    Raises MoveNotAllowed, PermissionDenied, NoteRequired, ValidationError (what is lacking, R10, R14).
    """
    require_any(actor, {right for row in grade.MOVES if row.name == name for right in row.who + row.by_proxy}, grade)
    check([grade], name)
    made = make_move(grade, name, actor=actor, note=note, **changes([grade], name))
    follow([grade], actor=actor)
    return made


@transaction.atomic
def move_many(grading: Grading, grades: Sequence[Grade], name: str, *, actor: Actor, note: str = "") -> list[Grade]:
    """One step of several grades of a branch, as far as each is where it begins and the actor may; those moved.

    In as many statements for one as for a hundred. Raises MoveNotAllowed, NoteRequired, ValidationError.
    """
    able = [grade for grade in grades if any(exists(row, grade) for row in grade.MOVES if row.name == name)]
    require_running(grading.round)
    if not able:
        return []
    check(able, name)
    moved: list[Grade] = make_moves(able, name, actor=actor, note=note, **changes(able, name))
    follow(moved, actor=actor)
    return moved


def follow(grades: Sequence[Grade], *, actor: Actor) -> None:
    """What a step brings: the numbers of the branches."""
    for key in {grade.entry.round_id for grade in grades}:
        places = {grade.organisation_id for grade in grades if grade.entry.round_id == key}
        recount(places, Period(round_key=key), OF_MEMBERS, actor=actor)
