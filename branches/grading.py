"""Rights over a grade, or the grades of a branch: of its committee, or of the superior who stands in for it (F4).

Nobody holds one over himself. `subject.is_by_superior` says who weighs, `subject.is_kept_by(reach)` who keeps a
disposal file.
"""

from collections.abc import Callable
from typing import Any

from branches.rights import Right


def is_by_superior(subject: Any) -> bool:
    """True of a grade that the superior weighs: of the secretary of a branch without a committee."""
    return bool(getattr(subject, "is_by_superior", False))


def asked_of_an_office(right: str, subject: Any) -> str:
    """What an office has to give for one of these rights."""
    if right == Right.GRADE:
        return Right.LEAD_ABOVE if is_by_superior(subject) else Right.WRITE_FOR_COMMITTEE
    return {Right.SETTLE_GRADE: Right.LEAD_ABOVE, Right.GRADE_FOR: Right.ENTER_FOR}.get(Right(right), Right.LEAD)


def _grades(reach: Any, subject: Any) -> bool:
    if reach.owns(subject):
        return False
    return bool(reach.holds(Right.LEAD_ABOVE, subject) if is_by_superior(subject) else reach.serves(subject))


def _grades_for(reach: Any, subject: Any) -> bool:
    """The superior for a branch that keeps its papers."""
    is_on_paper = subject.organisation.mode == "paper" and not is_by_superior(subject)
    return is_on_paper and not reach.owns(subject) and reach.holds(Right.ENTER_FOR, subject)


def _settles(reach: Any, subject: Any) -> bool:
    return not reach.owns(subject) and reach.holds(Right.LEAD_ABOVE, subject)


def _keeps(reach: Any, subject: Any) -> bool:
    return hasattr(subject, "is_kept_by") and subject.is_kept_by(reach)


TESTS: dict[Right, Callable[[Any, Any], bool]] = {
    Right.GRADE: _grades,
    Right.GRADE_FOR: _grades_for,
    Right.SETTLE_GRADE: _settles,
    Right.KEEP_FILE: _keeps,
}
