"""Whether those talked with one another who should (article 19): the committee each with each, every member with one
of the committee and with another member. Asked per class and never per pair of the whole branch."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from branches.models import Organisation, Relation
from branches.models.members import COMMITTEE_POSTS, PostKind
from meetings.models import Talk, TalkParty

Pair = frozenset[int]
Last = tuple[date, int]  # the day of a talk, and its key


@dataclass(frozen=True)
class Line:
    """One member: his last talk with the committee, or with whoever of it counts, and that with another member."""

    member_id: int
    with_committee: Last | None
    with_member: Last | None


@dataclass(frozen=True)
class Coverage:
    """What a year of talks covers. `names` of everybody, `committee` in set order, `talked` the last talk of each pair,
    `lines` of whoever is not of the committee; `talks` (次) and `persons` (人次) by class."""

    names: Mapping[int, str]
    committee: tuple[int, ...]
    talked: Mapping[Pair, Last]
    lines: tuple[Line, ...]
    counts: Mapping[str, tuple[int, int]]

    @property
    def lacking_pairs(self) -> list[tuple[int, int]]:
        """Pairs of the committee that have not talked with one another, in set order."""
        return [pair for pair in combinations(self.committee, 2) if frozenset(pair) not in self.talked]

    @property
    def lacking_with_committee(self) -> list[int]:
        """Members with whom nobody of the committee has talked."""
        return [line.member_id for line in self.lines if line.with_committee is None]

    @property
    def lacking_with_member(self) -> list[int]:
        """Members who have talked with no other member."""
        return [line.member_id for line in self.lines if line.with_member is None]


def lacking_pairs(organisation: Organisation, since: date, until: date) -> list[tuple[str, str]]:
    """The names of each two committee members of the day `until` who have not talked since. Two queries."""
    rows = Relation.objects.filter(organisation=organisation).register(on=until).filter(post__in=COMMITTEE_POSTS)
    names = {row.member_id: row.member.name for row in rows}
    talked = _talked(organisation, since, until)
    return [(names[one], names[two]) for one, two in combinations(names, 2) if frozenset((one, two)) not in talked]


def coverage(organisation: Organisation, since: date, until: date, *, secretary_only: bool) -> Coverage:
    """The talks from `since` to `until` against the register of `until`. With `secretary_only` no talk with another of
    the committee counts for a member. Three queries."""
    rows = list(Relation.objects.filter(organisation=organisation).register(on=until))
    posts = {row.member_id: vars(row)["post"] for row in rows}
    committee = tuple(key for key, post in posts.items() if post in COMMITTEE_POSTS)
    leading = [key for key in committee if not secretary_only or posts[key] == PostKind.SECRETARY]
    members = [key for key in posts if key not in committee]
    talked = _talked(organisation, since, until)
    lines = (Line(key, _last(talked, key, leading), _last(talked, key, members)) for key in members)
    return Coverage(
        {row.member_id: row.member.name for row in rows},
        committee,
        talked,
        tuple(lines),
        _counts(organisation, since, until),
    )


def _last(talked: Mapping[Pair, Last], key: int, others: list[int]) -> Last | None:
    found = (talked.get(frozenset((key, other))) for other in others if other != key)
    return max((last for last in found if last), default=None)


def _talked(organisation: Organisation, since: date, until: date) -> dict[Pair, Last]:
    """The last talk of each two: one of them as talker, the other as talked with. Two who only sat in the
    same group have not talked with one another."""
    rows = TalkParty.objects.filter(
        talk__organisation=organisation, talk__state=Talk.State.HELD, talk__held_on__range=(since, until),
        member__isnull=False,
    )  # fmt: skip
    sides: dict[tuple[int, date], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for talk, day, member, leads in rows.order_by().values_list("talk", "talk__held_on", "member", "leads"):
        sides[talk, day][leads].append(member)
    found: dict[Pair, Last] = {}
    for (talk, day), both in sides.items():
        for pair in map(frozenset, product(*both)):
            found[pair] = max((day, talk), found.get(pair, (day, talk)))
    return found


def _counts(organisation: Organisation, since: date, until: date) -> dict[str, tuple[int, int]]:
    rows = Talk.objects.filter(organisation=organisation, state=Talk.State.HELD, held_on__range=(since, until))
    found: dict[str, tuple[int, int]] = {}
    for kind, persons in rows.order_by().values_list("kind", "persons"):
        talks, people = found.get(kind, (0, 0))
        found[kind] = talks + 1, people + persons
    return found
