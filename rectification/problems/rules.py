"""Who may write a problem down, and who may be named in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.models import Member, Organisation, Relation
from branches.rights import Right
from rectification.problems.kinds import Whose

WRITERS = (Right.RECORD, Right.ENTER_FOR)
LEADERS = (Right.LEAD, Right.ENTER_FOR)
CHECKERS = (Right.LEAD, Right.ACCEPT)


def may_enter(problem: Any, actor: Any) -> bool:
    """True for whoever may write this problem down."""
    if any(actor.may(right, problem) for right in WRITERS):
        return True
    own = problem.whose == Whose.MEMBER and actor.may(Right.OWN, problem)
    return bool(own and actor.may(Right.HOME, problem))


def check_people(branch: Organisation, people: Sequence[Member | None], on: date) -> None:
    """Raise ValidationError for somebody who does not belong to the branch on that day."""
    wanted = {person.pk: person for person in people if person is not None}
    here = set(Relation.objects.on(on).filter(organisation=branch, member__in=wanted).values_list("member", flat=True))
    if astray := [str(person) for key, person in wanted.items() if key not in here]:
        told = {"name": "、".join(astray)}
        raise ValidationError(_("%(name)s does not belong to this organisation on that day.") % told)


def is_his(problem: Any, user: Any) -> bool:
    """Whether he would judge his own work (R16): what is a member's own he is responsible for, the database sees to
    it."""
    return user.member_id is not None and user.member_id == problem.responsible_id
