"""Branches and their people as a ledger names them: full or short names, and the register of today."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from branches.models import Organisation, Relation
from branches.models.members import RelationKind
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import under
from rectification.problems.models import Problem
from rectification.problems.rules import LEADERS

MOST = 3000  # branches of one file


@dataclass(slots=True)
class Branch:
    """One branch: its row, and key by name of those in its register whose name is theirs alone."""

    row: Organisation
    people: dict[str, int] = field(default_factory=dict)

    def rest(self, words: str) -> str:
        """What stands behind the name of the branch."""
        for name in (self.row.name, self.row.label):
            if words.startswith(name):
                return words.removeprefix(name).strip()
        return words


class Branches:
    """The branches of a place for which the person imports, with their people."""

    def __init__(self, place: Organisation, user: Any) -> None:
        rows = Organisation.objects.visible_to(user).filter(under(place.path), kind=Kind.BRANCH).open()
        found = [row for row in rows.order_by("path")[:MOST] if may_import(row, user)]
        self.by_key = {row.pk: Branch(row) for row in found}
        self._only = self.by_key[found[0].pk] if len(found) == 1 else None
        self._named: dict[str, list[Branch]] = {}
        for branch in self.by_key.values():
            for name in {branch.row.name, branch.row.label}:
                self._named.setdefault(name, []).append(branch)
        self._add_people(user)

    def of(self, told: str, whose: str) -> Branch | None:
        """The branch of that name; without one that of the place, or the one that `whose` begins with."""
        if told:
            named = self._named.get(told, [])
            return named[0] if len(named) == 1 else None
        if self._only is not None:
            return self._only
        heads = sorted((name for name in self._named if whose.startswith(name)), key=len, reverse=True)
        named = self._named[heads[0]] if heads else []
        return named[0] if len(named) == 1 else None

    def _add_people(self, user: Any) -> None:
        """In one query; of two of one name in a branch neither can be named by it."""
        rows = Relation.objects.visible_to(user).filter(kind=RelationKind.FORMAL, organisation__in=self.by_key)
        twice: set[tuple[int, str]] = set()
        for place, key, name in rows.values_list("organisation", "member", "member__name").iterator():
            people = self.by_key[place].people
            if people.setdefault(name, key) != key:
                twice.add((place, name))
        for place, name in twice:
            del self.by_key[place].people[name]


def may_import(branch: Organisation, user: Any) -> bool:
    """True for whoever leads the branch, or enters for it: a ledger tells of closings too."""
    return any(user.may(right, Problem(organisation=branch)) for right in LEADERS)


def places(user: Any) -> Sequence[Organisation]:
    """The open organisations for which this person may import."""
    rows = Organisation.objects.visible_to(user)
    inside = rows.filter(rows.of_office(user, Right.LEAD) | rows.of_oversight(user, Right.ENTER_FOR))
    return list(inside.open().order_by("path")[:200])
