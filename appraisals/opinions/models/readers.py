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
        return below & ~Q(**{f"{self.path_lookup}__in": own}) if own else below

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

    def kept_from(self, user: Any) -> Self:
        """What `not_about` leaves out, of the branches one serves and of those one oversees: looked up from the person,
        so that little is read where he oversees a country. No query for whom nothing can be about."""
        near, rows = self.of_office(user) | self.of_oversight(user), self.rows_of(self.model)
        ways = [rows.filter(way) for way in self._about(user)]
        if not ways or near == NOTHING:
            return self.none()
        first, *others = (way.order_by().values_list("pk") for way in ways)
        return self.filter(near, pk__in=first.union(*others))

    def _about(self, user: Any) -> list[Q]:
        reach, ways = user.reach, list[Q]()
        if reach.served_paths:
            ways.append(Q(read_by=ReadBy.ABOVE, **{f"{self.path_lookup}__in": reach.served_paths}))
        if reach.member_key:
            posts = self.rows_of(Post).of_committee().filter(member=reach.member_key)
            then = posts.filter(holds(OuterRef("noted_on")), organisation=OuterRef("organisation"))  # type: ignore[arg-type]
            here = Q(organisation__in=posts.values("organisation"))
            ways += [Q(concerns=reach.member_key), Q(here, Exists(then), read_by=ReadBy.ABOVE)]
        return ways

    def kept_from_some(self) -> Self:
        """What somebody who reads the figures of the branch may not open: all that is read above, and what is about a
        person who holds or held an office there."""
        offices = self.rows_of(Grant).filter(organisation=OuterRef("organisation"), user__member=OuterRef("concerns"))
        return self.filter(Q(read_by=ReadBy.ABOVE) | Q(~Q(concerns=None), Exists(offices)))

    def open_to_all(self) -> Self:
        """The rest: a gate counts these."""
        return self.exclude(pk__in=self.rows_of(self.model).kept_from_some().order_by().values("pk"))


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
