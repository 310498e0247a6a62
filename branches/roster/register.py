"""The register beside a roster: the branches it may speak of, and everybody in them, read in a handful of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final

from django.db.models.functions import Lower

from branches.models import Organisation, Particulars, Post, Relation, Standing, User
from branches.models.members import RelationKind
from branches.rights import Right
from branches.tree import under

TOLD: Final = (
    "gender", "ethnicity", "born", "education", "joined", "confirmed", "phone", "employment", "work_title",
    "staff_number",
)  # fmt: skip
AT_ONCE: Final = 900  # values in one list: SQLite once took no more than 999


@dataclass(slots=True)
class Known:
    """A member as the register has him."""

    member: int
    name: str
    relation: int
    since: date
    branch: int
    position: int
    group: str
    category: str = ""
    standing: int = 0
    standing_since: date | None = None
    digest: str = ""
    told: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)


def branches_of(user: User, organisation: Organisation) -> list[Organisation]:
    """The open branches at or below an organisation whose register the user keeps, in tree order."""
    return list(kept_by(user).branches().filter(under(organisation.path)))


def kept_by(user: User) -> Any:
    """The open organisations whose register the user keeps."""
    rows = Organisation.objects.visible_to(user)
    right = Right.KEEP_REGISTER
    return rows.filter(rows.of_office(user, right) | rows.of_oversight(user, right)).open()


def known_in(branches: Collection[int], user: User) -> list[Known]:
    """Everybody with an open formal relation to one of these branches, in set order."""
    rows = Relation.objects.visible_to(user).filter(kind=RelationKind.FORMAL, until=None)
    rows = _of(rows, branches).order_by("organisation__path", "position", "pk")
    columns = ("member", "member__name", "pk", "since", "organisation", "position", "group__name")
    found: dict[int, Known] = {}
    for member, name, relation, since, branch, position, group in rows.values_list(*columns).iterator():
        found[member] = Known(member, name, relation, since, branch, position, group or "")
    people = rows.order_by().values("member")
    _add_particulars(found, Particulars.objects.visible_to(user).filter(member__in=people))
    _add_dated(found, people)
    return list(found.values())


def _of(rows: Any, branches: Collection[int]) -> Any:
    """Narrowed to these branches, unless they are so many that asking for all of the reader's is shorter."""
    return rows.filter(organisation__in=branches) if len(branches) <= AT_ONCE else rows


def _add_particulars(found: dict[int, Known], rows: Any) -> None:
    for member, digest, *told in rows.values_list("member", "identity_digest", *TOLD).iterator():
        if known := found.get(member):
            known.digest, known.told = digest, dict(zip(TOLD, told, strict=True))


def _add_dated(found: dict[int, Known], people: Any) -> None:
    """The open standing and posts of people found by scope."""
    standings = Standing.objects.filter(until=None, member__in=people)
    for member, pk, category, since in standings.values_list("member", "pk", "category", "since").iterator():
        if known := found.get(member):
            known.standing, known.category, known.standing_since = pk, category, since
    posts = Post.objects.filter(until=None, member__in=people).values_list("member", "organisation", "kind")
    for member, branch, kind in posts.iterator():
        if (known := found.get(member)) and known.branch == branch:
            known.held.add(kind)


def registered(digests: Iterable[str]) -> set[str]:
    """Those of the keyed hashes that belong to somebody in the register, wherever he is."""
    source, found = iter(digests), set()
    while some := list(islice(source, AT_ONCE)):
        found |= set(Particulars.objects.filter(identity_digest__in=some).values_list("identity_digest", flat=True))
    return found


def staff_numbers(numbers: Iterable[str]) -> dict[str, int]:
    """Whose each of these staff numbers is, in small letters, wherever he is in the register."""
    source, found = iter(numbers), dict[str, int]()
    while some := list(islice(source, AT_ONCE)):
        rows = Particulars.objects.annotate(small=Lower("staff_number")).filter(small__in=some).exclude(staff_number="")
        found |= dict(rows.values_list("small", "member_id"))
    return found
