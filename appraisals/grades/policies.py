"""What is laid down for the grades of a branch: chain, approval, who takes the steps of the committee."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from appraisals.grades.chains import Body
from appraisals.grades.models import Grade
from appraisals.grades.rules import CHAIN, FILES, Policy, policy
from appraisals.rounds.models import RosterEntry
from branches.models import Organisation, Post
from branches.models.members import PostKind
from branches.models.organisations import Kind
from branches.rules.sets import in_force
from branches.rules.table import Severity
from branches.tree import above
from meetings.decisions.rules import WITH_COMMITTEE


def policy_of(organisation: Organisation, year: int) -> Policy:
    """The chain in force there in the year of the round. One query."""
    place = (organisation.path, year)
    return policy(in_force(CHAIN.code, [place])[place])


def keeps_files(organisation: Organisation, year: int) -> bool:
    """True where a superior has applied rule F27-1. One query."""
    place = (organisation.path, year)
    return in_force(FILES.code, [place])[place].severity != Severity.OFF


def committee_above(organisation: Organisation) -> Organisation:
    """基层党委: the nearest committee above, or whatever stands at the top. One query."""
    rows = Organisation.objects.filter(path__in=above(organisation.path)).order_by("-path")
    nearest = next((row for row in rows if row.kind == Kind.COMMITTEE), None)
    return nearest or rows[len(rows) - 1]


@dataclass(frozen=True, slots=True)
class Seats:
    """Whether a branch has a committee on a day, and who its secretaries are."""

    has_committee: bool
    secretaries: frozenset[int]

    def body_for(self, member: int) -> Body:
        """Who takes the steps of the committee for that member (F4)."""
        if self.has_committee:
            return Body.COMMITTEE
        return Body.SUPERIOR if member in self.secretaries else Body.ASSEMBLY


def seats_of(organisation: Organisation, day: date) -> Seats:
    """As the register has it. One query."""
    kinds = [*WITH_COMMITTEE, PostKind.SECRETARY]
    posts = Post.objects.on(day).filter(organisation=organisation, kind__in=kinds)
    found = list(posts.values_list("kind", "member_id"))
    held = {kind for kind, _member in found}
    secretaries = frozenset(member for kind, member in found if kind == PostKind.SECRETARY)
    return Seats(bool(held & set(WITH_COMMITTEE)), secretaries)


def laid_down(entries: Iterable[RosterEntry], organisation: Organisation, year: int, day: date) -> list[Grade]:
    """A grade to be weighed, not yet saved, for each of these members of one branch. Two queries."""
    held, seats = policy_of(organisation, year), seats_of(organisation, day)
    told = {"chain": held.chain, "approval": held.approval}
    return [Grade(entry=entry, body=seats.body_for(entry.member_id), version=0, **told) for entry in entries]
