"""Who reads what was said: the target decides (F6).

About the secretary, the committee or a leader not named: whoever runs rounds strictly above. About anybody else: the
organiser, who is the secretary of the branch, or whoever runs rounds at just this organisation. Never the person
concerned; of a committee nobody who serves on it or served on the day. At a root, above which nothing stands, those
who run its rounds and are not of its committee.
"""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from appraisals.opinions.channels import ReadBy, Target
from appraisals.opinions.states import OpinionState
from branches.models import Grant, Organisation, Post
from branches.models.dated import holds
from branches.models.members import PostKind
from branches.reach import giving
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from branches.tree import STEP, above


class ReadByTarget(OrganisationScoped):
    """Rows with organisation, target, concerns, read_by and noted_on."""

    def legible_to(self, user: Any) -> Self:
        """The rows whose words this person reads; what was handed over is nobody's here any more."""
        return self.filter(self._reads(user), ~Q(state=OpinionState.SEALED)).filter(*self.not_about(user))

    def _reads(self, user: Any) -> Q:
        organiser, superior = self._organises(user), self._oversees(user)
        ways = NOTHING
        if organiser != NOTHING:
            ways |= Q(organiser, read_by=ReadBy.ORGANISER)
        if superior != NOTHING:
            ways |= Q(superior, read_by=ReadBy.ABOVE)
        return ways

    def _organises(self, user: Any) -> Q:
        here = {held.path for held in user.reach.giving(Right.RUN_ROUNDS)}
        at = Q(**{f"{self.path_lookup}__in": sorted(here)}) if here else NOTHING
        return self.of_office(user, Right.LEAD) | at

    def _oversees(self, user: Any) -> Q:
        """Below an organisation at which the person runs rounds, that itself left out unless it is a root."""
        below = self.of_oversight(user, Right.RUN_ROUNDS)
        own = [path for path in user.reach.oversight_paths(Right.RUN_ROUNDS) if len(path) > STEP]
        return below & ~Q(**{f"{self.path_lookup}__in": own}) if own and below != NOTHING else below

    def not_about(self, user: Any) -> tuple[Q, ...]:
        """The conditions that leave out what is about the person, or about a committee he serves or served on."""
        reach, left_out = user.reach, list[Q]()
        if reach.served_paths:
            left_out.append(~Q(read_by=ReadBy.ABOVE, **{f"{self.path_lookup}__in": reach.served_paths}))
        if reach.member_key:
            posts = self.rows_of(Post).of_committee()
            then = posts.filter(holds(OuterRef("noted_on")), member=reach.member_key)  # type: ignore[arg-type]
            served = Exists(then.filter(organisation=OuterRef("organisation")))
            left_out += [~Q(concerns=reach.member_key), Q(read_by=ReadBy.ORGANISER) | Q(~served)]
        return tuple(left_out)


def reader_of(organisation: Organisation, target: str, concerns: Any, on: Any) -> str:
    """Who reads an opinion about this target; `concerns` is a Member or None. Two queries for a person at most."""
    if target == Target.COMMITTEE or (target == Target.LEADER and concerns is None):
        return ReadBy.ABOVE
    return ReadBy.ABOVE if concerns is not None and leads(concerns.pk, organisation, on) else ReadBy.ORGANISER


def leads(member: int, organisation: Organisation, on: Any) -> bool:
    """True if the member is secretary there or at an organisation above, by post or by office."""
    here = {"organisation__path__in": above(organisation.path)}
    posts = Post.objects.on(on).filter(kind=PostKind.SECRETARY, member=member, **here)
    return posts.exists() or secretaries(on).filter(user__member=member, **here).exists()


def secretaries(on: Any) -> Any:
    """The grants in force that make a secretary."""
    return Grant.objects.in_force(on).filter(giving(Right.DELEGATE))
