"""One organisation's plan for a round, as rows."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from appraisals.models import LeadingPost, Round, SchemeStep
from branches.models import Organisation
from branches.rights import Right

POST_COLUMNS = ("role", "name", "duty")
STEP_COLUMNS = ("name", "time", "what", "people", "place")


@dataclass(frozen=True)
class Scheme:
    """Who leads, and the steps; false where nothing is written."""

    leaders: Sequence[LeadingPost]
    course: Sequence[SchemeStep]

    def __bool__(self) -> bool:
        return bool(self.leaders or self.course)

    @property
    def lines(self) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """Both parts as columns."""
        posts = [{name: getattr(row, name) for name in POST_COLUMNS} for row in self.leaders]
        return posts, [{name: getattr(row, name) for name in STEP_COLUMNS} for row in self.course]

    @property
    def fingerprint(self) -> str:
        """The same for two plans of the same words."""
        return hashlib.sha256(repr(self.lines).encode()).hexdigest()


def scheme_of(round_: Round, organisation: Organisation, user: Any) -> Scheme:
    """What the organisation has written for the round, as far as this person sees it. Two queries."""
    posts, steps = (
        model.objects.visible_to(user).filter(round=round_, organisation=organisation)
        for model in (LeadingPost, SchemeStep)
    )
    return Scheme(list(posts), list(steps))


def right_to_write(round_: Round, organisation: Organisation) -> Right:
    """Whoever runs the round writes its plan; whoever keeps the records of a branch writes the branch's."""
    return Right.RUN_ROUNDS if organisation.pk == round_.organisation_id else Right.RECORD


def may_write_scheme(user: Any, round_: Round, organisation: Organisation) -> bool:
    """True for whoever may write this plan."""
    subject = SchemeStep(round=round_, organisation=organisation)
    return bool(user.may(right_to_write(round_, organisation), subject))
