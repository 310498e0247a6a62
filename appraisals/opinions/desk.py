"""At which round and organisation somebody enters opinions, and whom they may be about there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from appraisals.models import Opinion, Round
from appraisals.opinions.actions import WRITERS, Entry
from appraisals.states import RoundState
from branches.http import AuthedRequest
from branches.models import Member, Organisation, Relation, User
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import contains, under
from meetings.talks.parties import people_on
from workflow.actors import require_any

TIMES = re.compile(r"\s*[×xX*＊]\s*(\d{1,6})\s*$")


def places(user: User) -> QuerySet[Organisation]:
    """The organisations at which this person enters opinions."""
    here = Q(path__in=user.reach.office_paths(Right.KEEP_REGISTER))
    for path in user.reach.oversight_paths(Right.ENTER_FOR):
        here |= under(path)
    return Organisation.objects.visible_to(user).filter(here).order_by("path")


def desks(user: User, here: Sequence[Organisation]) -> list[tuple[Organisation, Round]]:
    """Each of these organisations with each round under way there. One query."""
    under_way = list(Round.objects.visible_to(user).filter(state=RoundState.OPEN).select_related("organisation"))
    return [(one, round_) for one in here for round_ in under_way if contains(round_.organisation.path, one.path)]


@dataclass
class Desk:
    """One round and one organisation."""

    round: Round
    organisation: Organisation
    user: User

    @classmethod
    def of(cls, request: AuthedRequest) -> Self | None:
        """The desk the address names; None where it names none. Raises Http404, PermissionDenied."""
        key, of = request.GET.get("organisation", ""), request.GET.get("round", "")
        if not (key.isdecimal() and of.isdecimal()):
            return None
        organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)
        require_any(request.user, WRITERS, Opinion(organisation=organisation))
        return cls(get_object_or_404(Round.objects.visible_to(request.user), pk=of), organisation, request.user)

    def query(self, **more: Any) -> str:
        """Its address, with what the next entry begins with."""
        return urlencode({"round": self.round.pk, "organisation": self.organisation.pk, **more})

    def names(self, on: date) -> list[str]:
        """Whom a browser may complete: the register of a branch; above branches one types the name."""
        if self.organisation.kind != Kind.BRANCH:
            return []
        return list(people_on(self.organisation, on, self.user).keys)

    def person(self, name: str, on: date) -> Member:
        """The member of that name there on that day. Raises ValidationError where there is none, or more than one."""
        return person_at(self.organisation, name, on, self.user)


def person_at(organisation: Organisation, name: str, on: date, user: User) -> Member:
    """The member somebody names at an organisation. Raises ValidationError where there is none, or more than one."""
    rows = Relation.objects.visible_to(user).on(on).select_related("member")
    if organisation.kind == Kind.BRANCH:
        key = people_on(organisation, on, user).keys.get(name)
        rows = rows.filter(organisation=organisation, member=key)
    else:
        rows = rows.filter(under(organisation.path, "organisation__path"), member__name=name)
    found = list({row.member_id: row.member for row in rows[:5]}.values())
    if not found:
        raise ValidationError(
            _("“%(name)s” does not stand in the register here: please check the name.") % {"name": name}
        )
    if len(found) > 1:
        raise ValidationError(
            _("Several members are called “%(name)s”: please enter it at their branch.") % {"name": name}
        )
    member: Member = found[0]
    return member


def entries_of(found: dict[str, Any], *, as_one: bool = False) -> list[Entry]:
    """What was typed: one opinion a line, `×3` at its end for three that say the same; without words one number."""
    common = {"target": found["target"], "concerns": found["concerns"]}
    lines = [line.strip() for line in found["text"].splitlines() if line.strip()]
    if as_one or len(lines) < 2:
        text, count = _times(found["text"].strip())
        return [Entry(text=text, count=count or found["count"], **common)]
    return [Entry(text=text, count=count or 1, **common) for text, count in map(_times, lines)]


def _times(line: str) -> tuple[str, int]:
    """A line without its ×3, and 3; 0 where it has none."""
    match = TIMES.search(line)
    return (line[: match.start()], int(match[1])) if match else (line, 0)
