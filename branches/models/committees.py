"""Who is of the committee of a branch: what Reach.serves asks of one person, asked of many rows at once."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from branches.models.accounts import Grant
from branches.models.dated import holds
from branches.models.members import Post, RelationKind
from branches.reach import giving
from branches.rights import Right

RELATIONS = "organisation__relations"
MEMBER = f"{RELATIONS}__member"


def serving(on: date) -> Q:
    """The condition that joins to a row whoever belongs to its organisation and is of the committee on that day, by a
    post or by an office: one row for each, as MEMBER."""
    here = {"organisation": OuterRef("organisation")}
    offices = Grant.objects.in_force(on).filter(giving(Right.WRITE_FOR_COMMITTEE), **here)
    posts = Post.objects.of_committee().on(on).filter(member=OuterRef(MEMBER), **here)
    serves = Exists(posts) | Exists(offices.filter(user__member=OuterRef(MEMBER)))
    return holds(on, f"{RELATIONS}__") & Q(serves, **{f"{RELATIONS}__kind": RelationKind.FORMAL})
