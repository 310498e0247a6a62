"""What the history of problems tells of a deed done to many of them."""

from collections.abc import Mapping

from branches.models import User
from branches.rights import Right
from rectification.problems.models import Problem
from rectification.problems.rules import LEADERS
from workflow.actions import record_many


def tell(notes: Mapping[Problem, str], move: str, *, actor: User, **told: str) -> None:
    """One entry for each problem with its note, marked as entered for the branch where the actor leads from above.

    `told` may hold source and target.
    """
    for is_for_branch in (False, True):
        mine = [row for row in notes if actor.may(Right.LEAD, row) != is_for_branch]
        record_many(mine, move, actor=actor, notes=[notes[row] for row in mine], rights=LEADERS,
                    for_branch=is_for_branch, **told)  # fmt: skip
