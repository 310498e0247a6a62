"""Who verifies a problem (rule R16): never whoever is responsible; by whose it is, somebody else."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from branches.models import Grant, Post
from branches.models.dated import holds
from branches.models.members import PostKind
from branches.reach import giving
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from rectification.problems.kinds import Whose


class ReadByVerifier(OrganisationScoped):
    """Rows with organisation, whose, member, responsible and, where somebody is named to check, checker."""

    names_checker = True

    def verifiable_by(self, user: Any) -> Self:
        """The rows this person verifies: of the committee and of the branch as a superior who does not serve there; of
        a member as secretary or committee member, of the secretary as a superior; as the member named to check."""
        above, serving = self._as_superior(user), self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        named = self.of_own(user, "checker") if self.names_checker else NOTHING
        if above != NOTHING:
            above &= ~Q(whose=Whose.MEMBER) | self._of_secretary(user.reach.day)
        if serving != NOTHING:
            serving &= Q(whose=Whose.MEMBER) & ~self._of_secretary(user.reach.day)
        return self.reached(above, named, serving).filter(*self._not_own(user))

    def _as_superior(self, user: Any) -> Q:
        """Below an organisation at which the person decides, but for committees he serves on himself."""
        above, served = self.of_oversight(user, Right.ACCEPT), user.reach.served_paths
        return above & ~Q(**{f"{self.path_lookup}__in": served}) if served and above != NOTHING else above

    def _of_secretary(self, day: Any) -> Q:
        """Rows of a member who is secretary of the branch, by his post or by an office."""
        posts = self.rows_of(Post).filter(
            holds(day), kind=PostKind.SECRETARY, member=OuterRef("member"), organisation=OuterRef("organisation")
        )
        offices = self.rows_of(Grant).filter(
            holds(day), giving(Right.LEAD), revoked_at=None, organisation=OuterRef("organisation"),
            user__member=OuterRef("member"),
        )  # fmt: skip
        return Q(Exists(posts)) | Q(Exists(offices))

    def _not_own(self, user: Any) -> tuple[Q, ...]:
        key = user.reach.member_key
        if not key:
            return ()
        return (Q(responsible=None) | ~Q(responsible=key), Q(member=None) | ~Q(member=key))
