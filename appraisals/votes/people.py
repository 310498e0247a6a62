"""Who stands on a ballot, and who may count one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from appraisals.models import RosterEntry
from branches.models import Organisation, Relation
from branches.models.members import COMMITTEE_POSTS, Category
from branches.models.organisations import BranchKind
from branches.namesakes import told_apart, told_apart_by_place

Named = tuple[tuple[int, str], ...]  # (key of the member, what a list calls him)


@dataclass(frozen=True)
class Person:
    """A member as a ballot names him: told from his namesakes, under his unit in a joint branch, under his branch where
    several vote together."""

    key: int
    name: str
    branch: int  # the organisation among whose members he is rated
    part: str = ""


def rated(organisation: Organisation, round_: Any, day: date, reader: Any) -> tuple[Person, ...]:
    """正式党员 to be appraised: those of the round's roster, or of the register on that day; in set order, unit after
    unit in a joint branch."""
    rows = [row for row in _register(organisation, day) if vars(row)["category"] == Category.FORMAL]
    formal = [_named(row) for row in rows]
    if round_ is not None:
        due = {entry.member_id: entry.member.name for entry in _roster(organisation, round_)}
        formal = list(({key: name for key, name in formal if key in due} | due).items())
    units = {row.member_id: row.unit for row in rows} if organisation.branch_kind == BranchKind.JOINT else {}
    return _persons(organisation, formal, reader, units)


def committee_of(organisation: Organisation, day: date, reader: Any) -> tuple[Person, ...]:
    """班子成员 by their posts on that day."""
    rows = [row for row in _register(organisation, day) if vars(row)["post"] in COMMITTEE_POSTS]
    return _persons(organisation, map(_named, rows), reader, {})


def _persons(
    organisation: Organisation, pairs: Iterable[tuple[int, str]], reader: Any, units: dict[int, str]
) -> tuple[Person, ...]:
    called = told_apart_by_place(pairs, reader)
    order = list(dict.fromkeys(units.values()))
    people = [Person(key, name, organisation.pk, units.get(key, "")) for key, name in called.items()]
    return tuple(sorted(people, key=lambda person: order.index(person.part) if person.part in order else len(order)))


def of_branches(places: Sequence[Organisation], people: Sequence[tuple[Person, ...]]) -> tuple[Person, ...]:
    """The people of branches that vote together, each under the name of his branch; of one alone as they are."""
    if len(places) == 1:
        return people[0]
    pairs = zip(places, people, strict=True)
    return tuple(replace(person, part=place.label) for place, inside in pairs for person in inside)


def register_of(organisation: Organisation, day: date, reader: Any) -> Named:
    """Everybody of the register on that day."""
    return tuple(told_apart(map(_named, _register(organisation, day)), reader).items())


def _register(organisation: Organisation, day: date) -> Any:
    return Relation.objects.filter(organisation=organisation).register(on=day)


def _roster(organisation: Organisation, round_: Any) -> Any:
    """Full members due there in the round, of a branch that votes along too."""
    entries = RosterEntry.objects.due().filter(organisation=organisation, round=round_, category=Category.FORMAL)
    return entries.select_related("member").order_by("pk")


def _named(row: Any) -> tuple[int, str]:
    return row.member_id, row.member.name
