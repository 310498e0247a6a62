"""What the committee weighs of each member (F40): facts in set order, no verdict, no order by any of them.

Every number comes with the rights of the reader: totals of votes through `votes.results`, everything else through
`visible_to`. In a fixed number of queries, however many members.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from appraisals.grades.models import Grade, Grading
from appraisals.grades.states import GRADED
from appraisals.models import Digest, Material, Opinion, RosterEntry, Subject, Vote
from appraisals.votes.names import OF_MEMBERS
from appraisals.votes.results import results_of
from appraisals.votes.states import VoteState
from branches.models.members import Category
from branches.rights import Right
from branches.rules.sets import RuleSet
from meetings.kinds import Form
from meetings.models import Attendance, CriticismCount, Meeting, Status
from meetings.states import WORDED
from meetings.study.hours import Year, years
from meetings.study.pages import reads_branch


@dataclass(slots=True)
class Facts:
    """Of one member. `marks`: (option, ballots) of the secret vote, abstentions last."""

    written: list[Material] = field(default_factory=list)
    criticisms: int | None = None
    marks: list[tuple[str, int]] = field(default_factory=list)
    hours: Year | None = None
    due: int = 0
    came: int = 0
    mentions: int | None = None
    told: list[int] = field(default_factory=list)
    last: str = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The facts of a branch: by key of the member, the vote they come from, and why its totals are not shown."""

    of_member: dict[int, Facts]
    vote: Vote | None
    withheld: str


def facts_of(grading: Grading, entries: Sequence[RosterEntry], posts: dict[int, str], user: Any) -> Weighing:
    """What is known of these members of one branch; `posts` by key of the member."""
    found: dict[int, Facts] = {entry.member_id: Facts() for entry in entries}
    _materials(grading, found, user)
    _criticisms(grading, found, user)
    _attendance(grading, found, user)
    _opinions(grading, found, user)
    _last_year(grading, found, user)
    if user.may(Right.GRADE, grading) or reads_branch(user, grading.organisation):
        rules = RuleSet(grading.organisation.path, grading.round.year)
        for key, year in years({key: posts.get(key, "") for key in found}, grading.round.year, rules).items():
            found[key].hours = year
    vote, withheld = _votes(grading, found, user)
    return Weighing(found, vote, withheld)


def _materials(grading: Grading, found: dict[int, Facts], user: Any) -> None:
    rows = Material.objects.visible_to(user).filter(round=grading.round_id, author__in=found)
    for row in rows.order_by("pk"):
        found[row.author_id].written.append(row)


def _criticisms(grading: Grading, found: dict[int, Facts], user: Any) -> None:
    here = {"meeting__organisation": grading.organisation_id, "meeting__appraisal_year": grading.round.year}
    rows = CriticismCount.objects.visible_to(user).filter(
        member__in=found, meeting__form=Form.ORG_LIFE_MEETING, meeting__state__in=WORDED, **here
    )
    for key, number in rows.order_by().values_list("member").annotate(n=Sum("number")):
        found[key].criticisms = number


def _attendance(grading: Grading, found: dict[int, Facts], user: Any) -> None:
    meetings = Meeting.objects.visible_to(user).filter(
        organisation=grading.organisation_id, state__in=WORDED, started_at__year=grading.round.year
    )
    rows = Attendance.objects.filter(member__in=found, is_due=True, meeting__in=meetings.values("pk")).order_by()
    came = Count("pk", filter=Q(status=Status.PRESENT))
    for key, due, present in rows.values_list("member").annotate(n=Count("pk"), came=came):
        found[key].due, found[key].came = due, present


def _opinions(grading: Grading, found: dict[int, Facts], user: Any) -> None:
    here = {"round": grading.round_id, "concerns__in": found}
    rows = Opinion.objects.visible_to(user).counted().filter(**here).order_by()
    for key, number in rows.values_list("concerns").annotate(n=Sum("count")):
        found[key].mentions = number
    told = Digest.objects.visible_to(user).filter(**here).order_by("pk")
    for key, digest in told.values_list("concerns", "pk"):
        found[key].told.append(digest)


def _last_year(grading: Grading, found: dict[int, Facts], user: Any) -> None:
    rows = Grade.objects.visible_to(user).filter(
        entry__member__in=found, entry__round__year=grading.round.year - 1, state__in=GRADED
    )
    for grade in rows.select_related("entry").order_by("pk"):
        found[grade.entry.member_id].last = grade.get_level_display()


def _votes(grading: Grading, found: dict[int, Facts], user: Any) -> tuple[Vote | None, str]:
    """The newest counted vote on members, alone or with neighbours; its totals as far as the reader has a right
    to them."""
    counted = [VoteState.COUNTED, VoteState.CONFIRMED]
    graded = Subject.objects.visible_to(user).graded().filter(branch=grading.organisation_id)
    rows = Vote.objects.visible_to(user).filter(round=grading.round_id, state__in=counted, pk__in=graded.values("vote"))
    vote = rows.select_related("organisation", "poll").order_by("-held_on", "-pk").first()
    if vote is None:
        return None, ""
    others = graded.filter(vote=vote).exclude(member=user.reach.member_key or 0)  # nobody reads his own (F2)
    subjects = dict(others.values_list("line", "member"))
    withheld = ""
    for result in results_of(vote, user):
        withheld = withheld or (result.withheld if result.sheet.title == OF_MEMBERS else "")
        for row in result.rows:
            facts = found.get(subjects.get(row.line.key, 0))
            if facts:
                facts.marks = list(zip([*result.options, _("Abstain")], row.numbers, strict=True))
    return vote, withheld


def is_graded_here(entry: RosterEntry) -> bool:
    """True for a member who gets a grade: a full one on the roster day (R11)."""
    return entry.category == Category.FORMAL
