"""Who is due at a meeting: the register of its day, narrowed to the group or the committee."""

from dataclasses import dataclass
from datetime import date

from branches.models import Flow, Post, Relation
from branches.models.dated import has
from branches.models.members import COMMITTEE_POSTS, Category, PostKind
from branches.tree import above
from meetings.kinds import Form
from meetings.models import Meeting


@dataclass(frozen=True)
class Due:
    """One line of the attendance list, with the member's rights as they were that day.

    Who `leads_above` serves in the committee of a superior.
    Who `is_away` (流动) stays due and votes here, where his formal relation is, unless he is exempt: the list says so.
    """

    member_id: int
    name: str
    initials: str
    category: str
    post: str
    is_exempt: bool
    is_away: bool
    may_vote: bool
    leads_above: bool


def due_at(meeting: Meeting, day: date) -> list[Due]:
    """The attendance list of `meeting` if it is held on `day`, in set order. One query."""
    rows = Relation.objects.filter(organisation=meeting.organisation_id).register(on=day)
    superiors = above(meeting.organisation.path)[:-1]
    led = Post.objects.filter(organisation__path__in=superiors, kind__in=COMMITTEE_POSTS)
    rows = rows.annotate(
        is_away=has(Flow.objects.all(), day, member_id="member_id"), leads_above=has(led, day, member_id="member_id")
    )
    if meeting.form == Form.GROUP_MEETING:
        rows = rows.filter(group=meeting.group_id)
    elif meeting.form == Form.COMMITTEE_MEETING:
        rows = rows.filter(post__in=COMMITTEE_POSTS)
    return [_due(row) for row in rows]


def _due(row: Relation) -> Due:
    facts = vars(row)  # register() annotates these
    return Due(
        member_id=row.member_id,
        name=row.member.name,
        initials=row.member.name_initials,
        category=str(Category(facts["category"]).label) if facts["category"] else "",
        post=str(PostKind(facts["post"]).label) if facts["post"] else "",
        is_exempt=facts["is_exempt"],
        is_away=facts["is_away"],
        may_vote=bool(facts["may_vote"]),  # unknown where nobody entered a category: no vote
        leads_above=facts["leads_above"],
    )
