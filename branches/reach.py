"""What a person may reach on a day, read once per request in at most two queries. The only place that knows offices.

Four kinds of right (docs/rights.md): own, home, office, oversight. Home follows from the member's relation, and writing
with the committee from his post there: neither is granted. Office holds at its own organisation; oversight is inherited
down the tree and reads what was submitted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Length
from django.utils.translation import gettext as _

from branches import grading
from branches.prepared import Prepared
from branches.rights import ADMIN_RIGHTS, COMMITTEE, FROM_OFFICE, FROM_OVERSIGHT, OVERSIGHT, AdminRole, Office, Right
from branches.tree import above, contains, topmost

if TYPE_CHECKING:
    from branches.models import User


@dataclass(frozen=True)
class Held:
    """One grant in force."""

    office: str
    organisation_id: int
    path: str
    kind: str
    group_id: int | None
    organisation_name: str
    delegated_by: int | None = None

    @property
    def words(self) -> str:
        """The office with its organisation, and whether somebody else's is exercised."""
        words = f"{self.organisation_name} {Office(self.office).label}"
        return _("By delegation: %s") % words if self.delegated_by else words

    @property
    def is_oversight(self) -> bool:
        """Oversight by its name, or because it is the secretary's office of an inner node."""
        return self.office in OVERSIGHT or (self.office == Office.SECRETARY and self.kind != "branch")


@dataclass(frozen=True)
class Reach:
    user_key: int
    admin_role: str
    member_key: int | None
    home_path: str
    held: tuple[Held, ...]
    day: date
    committee: tuple[str, str] = ("", "")  # path and name of the branch on whose committee the register has this member
    inherited: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, user: User, day: date) -> Reach:
        """The reach of `user` on `day`: one query for the grants in force, one for the home branch, each when it is
        first asked for. One's own work asks for neither."""
        return _Read(user, day)

    # --- for scopes ---------------------------------------------------------------------------------------------
    def office_paths(self, right: str) -> tuple[str, ...]:
        """Paths of the organisations where an office of this person gives `right`."""
        paths = {h.path for h in self.held if not h.is_oversight and _gives(h, right)}
        if right == Right.WRITE_FOR_COMMITTEE and any(self.committee):
            paths.add(self.committee[0])
        # What a merged branch left behind is read by its successor's office holders; nobody writes there any more (F7).
        if right == Right.READ_BRANCH:
            paths |= {path for successor, path in self.inherited if successor in paths}
        return tuple(sorted(paths))

    @property
    def inherited_paths(self) -> tuple[str, ...]:
        """Paths of the branches that were merged into one this person holds an office at."""
        return tuple(sorted({path for _successor, path in self.inherited}))

    @property
    def served_paths(self) -> tuple[str, ...]:
        """Organisations of whose committee the person is: by a post in the register, or by an office."""
        return tuple(sorted({h.path for h in self.held if h.office in COMMITTEE} | {self.committee[0]} - {""}))

    @property
    def group_keys(self) -> tuple[int, ...]:
        """Groups the person leads."""
        return tuple(sorted({h.group_id for h in self.held if h.group_id}))

    def oversight_paths(self, right: str) -> tuple[str, ...]:
        """The topmost organisations over which the person holds `right` as a superior."""
        return topmost(h.path for h in self.held if h.is_oversight and _gives(h, right))

    def oversight_grants(self, right: str, path: OuterRef) -> QuerySet[Any]:
        """The organisations of those grants that lie above the outer row's `path`: for more than a condition lists."""
        keys = [h.organisation_id for h in self.held if h.is_oversight and _gives(h, right)]
        nodes = _model("Organisation").objects.filter(pk__in=keys).annotate(below=ExpressionWrapper(path, CharField()))
        return nodes.annotate(head=Left("below", Length("path"))).filter(head=F("path"))

    def giving(self, right: str) -> tuple[Held, ...]:
        """The grants that give `right`, each at its place."""
        return tuple(h for h in self.held if _gives(h, right))

    @cached_property
    def paths_above(self) -> tuple[str, ...]:
        """The organisations from the root down to each one the person belongs to or holds an office at."""
        paths = [h.path for h in self.held] + ([self.home_path] if self.home_path else [])
        return tuple(sorted({step for path in paths for step in above(path)}))

    @property
    def sees_the_tree(self) -> bool:
        """Names and kinds of all organisations: needed to run the system and to give grants, and no content."""
        return self.admin_role in (AdminRole.SYSTEM, AdminRole.SECURITY)

    @property
    def takes_part(self) -> bool:
        """True for everybody but the administrators: organisational life is not theirs to see."""
        return not self.admin_role

    # --- for actions, moves and menus -----------------------------------------------------------------------------
    def may(self, right: str, subject: Any) -> bool:
        """True if this reach holds `right` over `subject`; with None, over anything at all."""
        if subject is None:
            return self._anywhere(right)
        test = _TESTS.get(Right(right)) if right in Right else None
        return bool(test and test(self, subject))

    def _anywhere(self, right: str) -> bool:
        if right not in Right:
            return False
        if Right(right) in ADMIN_RIGHTS:
            return self.admin_role == ADMIN_RIGHTS[Right(right)]
        if right in (Right.OWN, Right.HOME):
            return bool(self.home_path)
        serves = right == Right.WRITE_FOR_COMMITTEE and any(self.committee)
        return serves or any(_gives(h, right) for h in self.held)

    def owns(self, subject: Any) -> bool:
        """True if the subject is this person's own work or notice."""
        return self.member_key is not None and self.member_key == getattr(subject, "owner_id", None)

    def holds(self, right: str, subject: Any) -> bool:
        """A granted right: at the subject's own organisation for an office, anywhere above it for oversight."""
        return any(_gives(h, right) and _covers(h, subject) for h in self.held)

    def serves(self, subject: Any) -> bool:
        """True if this person is of the committee of the subject's branch: by a post in the register, a fact that is
        never granted, or by an office."""
        return self.committee[0] == subject.organisation.path or self.holds(Right.WRITE_FOR_COMMITTEE, subject)

    def covers_offices_of(self, other: Reach) -> bool:
        """True if no office of `other` is beyond whoever gives slips here: the own branch's offices below the
        secretary's for an office, whatever lies below for oversight."""
        return all(any(_opens(mine, theirs) for mine in self.held) for theirs in other.held)

    def acting_as(self, subject: Any = None, rights: Iterable[str] = ()) -> str:
        """The offices that reach `subject`, each with its organisation; empty for a plain member.

        With `rights` only the one that gives the first of them: what a deed was done as. An office on the spot counts
        before oversight from above; a right that no office gives (one's own work) leaves it empty.
        """
        if rights:
            return self._hat(subject, rights)
        held = (h for h in self.held if subject is None or _reaches(h, subject))
        return "、".join(dict.fromkeys(h.words for h in held))

    def hats(self) -> list[str]:
        """Every office with its organisation, as the user menu lists them."""
        return list(dict.fromkeys(h.words for h in self.held))

    def _hat(self, subject: Any, rights: Iterable[str]) -> str:
        for right in rights:
            if not self.may(right, subject):
                continue
            asked = _asked_of_an_office(right, subject)
            giving = [h for h in self.held if _gives(h, asked) and _covers(h, subject)]
            if giving:
                return min(giving, key=lambda h: h.is_oversight).words
            if asked == Right.WRITE_FOR_COMMITTEE:
                return f"{self.committee[1]} {Office.COMMITTEE_MEMBER.label}"
            return "" if right in (Right.OWN, Right.HOME) else self.acting_as(subject)
        return ""


class _Read(Reach):
    """A reach that reads the rows it is made of when they are asked for."""

    def __init__(self, user: User, day: date) -> None:
        told = {"user_key": user.pk, "admin_role": user.admin_role, "member_key": user.member_id, "day": day}
        self.__dict__ |= told

    @cached_property
    def held(self) -> tuple[Held, ...]:
        return tuple(dict.fromkeys(Held(*held) for *held, _path, _until in self._grants))

    @cached_property
    def inherited(self) -> tuple[tuple[str, str], ...]:
        # Planned ahead, a merger gives nothing before the old branch has had its last day.
        today = self.day.isoformat()
        over = {(held[2], path) for *held, path, until in self._grants if until and str(until) < today}
        return tuple(sorted(over))

    @cached_property
    def home_path(self) -> str:
        return self._home[0]

    @cached_property
    def committee(self) -> tuple[str, str]:
        path, name, serves = self._home
        return (path, name) if serves else ("", "")

    @cached_property
    def _grants(self) -> list[tuple[Any, ...]]:
        """A branch merged into others: one row a grant and predecessor."""
        return _GRANTS.rows(self.user_key, self.day)

    @cached_property
    def _home(self) -> tuple[Any, ...]:
        found = _HOME.rows(self.member_key, self.day) if self.member_key else []
        return found[0] if found else ("", "", "")


def giving(right: Right) -> Q:
    """The condition that a grant's office gives `right` at its own organisation."""
    return Q(office__in=sorted(FROM_OFFICE[right]))


def overseeing() -> Q:
    return Q(office__in=sorted(OVERSIGHT))


def _gives(held: Held, right: str) -> bool:
    if held.delegated_by and right == Right.DELEGATE:
        return False  # what one holds by delegation is not handed on
    table = FROM_OVERSIGHT if held.is_oversight else FROM_OFFICE
    return held.office in table.get(Right(right), frozenset())


def _asked_of_an_office(right: str, subject: Any) -> str:
    """What an office has to give for a right over one row: the reviewer's, or of a visit that one oversees."""
    if right == Right.REVIEW:
        return str(subject.reviewing_right)
    if right in grading.TESTS:
        return grading.asked_of_an_office(right, subject)
    return Right.OVERSEE if right == Right.WRITE_VISIT else right


def _reaches(held: Held, subject: Any) -> bool:
    """An office reaches its own organisation, oversight all below it."""
    if held.is_oversight:
        return contains(held.path, subject.organisation.path)
    return held.organisation_id == subject.organisation_id


def _opens(mine: Held, theirs: Held) -> bool:
    """Whether the holder of `mine` may give a new password to the holder of `theirs`, as far as this office goes."""
    if not _gives(mine, Right.GIVE_SLIPS):
        return False
    if mine.is_oversight:
        return contains(mine.path, theirs.path)
    own_branch = mine.organisation_id == theirs.organisation_id
    return own_branch and not theirs.is_oversight and not _gives(theirs, Right.GIVE_SLIPS)


def _covers(held: Held, subject: Any) -> bool:
    """As `_reaches`; a group leader's grant covers the rows of that group only."""
    if held.group_id is not None and held.group_id != getattr(subject, "group_id", None):
        return False
    return _reaches(held, subject)


def _reviews(reach: Reach, subject: Any) -> bool:
    """The reviewer follows from the author and is never the author (F3): `subject.reviewing_right` names the right."""
    if reach.owns(subject) or _writes_for_committee(reach, subject):
        return False
    return reach.holds(subject.reviewing_right, subject)


def _writes_for_committee(reach: Reach, subject: Any) -> bool:
    """Of what a committee writes together: it belongs to nobody, and whoever serves on the committee writes on it."""
    return getattr(subject, "owner_id", None) is None and reach.serves(subject)


def _enters_words(reach: Reach, subject: Any) -> bool:
    """For a member who writes on paper or speaks: whoever keeps the register of his branch, never for himself."""
    if getattr(subject, "owner_id", None) is None or reach.owns(subject):
        return False
    return any(not h.is_oversight and _gives(h, Right.KEEP_REGISTER) and _covers(h, subject) for h in reach.held)


def _releases(reach: Reach, subject: Any) -> bool:
    """Of a transfer: whoever keeps the register of the branch it leaves."""
    source = getattr(subject, "source", None)
    return source is not None and reach.holds(Right.KEEP_REGISTER, source)


def _visits(reach: Reach, subject: Any) -> bool:
    """Of a visit record: its writer alone, while he oversees the branch."""
    return getattr(subject, "visitor_id", None) == reach.user_key and reach.holds(Right.OVERSEE, subject)


_TESTS: dict[Right, Any] = {
    Right.OWN: Reach.owns,
    Right.HOME: lambda reach, subject: reach.home_path == subject.organisation.path,
    Right.REVIEW: _reviews,
    Right.ENTER_WORDS: _enters_words,
    Right.RELEASE: _releases,
    Right.WRITE_VISIT: _visits,
    Right.VERIFY: lambda reach, subject: hasattr(subject, "is_verified_by") and subject.is_verified_by(reach),
    # Of a vote: the two members named to count it, of whichever branch.
    Right.COUNT_VOTES: lambda reach, subject: (reach.member_key or 0) in getattr(subject, "teller_keys", ()),
    **grading.TESTS,
    Right.SORT_OPINIONS: lambda reach, subject: hasattr(subject, "is_read_by") and subject.is_read_by(reach),
    Right.CONCERNED: lambda reach, subject: hasattr(subject, "concerns_whom") and subject.concerns_whom(reach),
    Right.END_DELEGATION: lambda reach, subject: getattr(subject, "delegated_by_id", None) == reach.user_key,
    **{right: lambda reach, subject, r=right: reach.holds(r, subject) for right in {*FROM_OFFICE, *FROM_OVERSIGHT}},
    **{right: lambda reach, subject, r=right: reach._anywhere(r) for right in ADMIN_RIGHTS},
    Right.WRITE_FOR_COMMITTEE: _writes_for_committee,
}


def _model(name: str) -> Any:
    return apps.get_model("branches", name)


def _grants(user_key: int, day: date) -> QuerySet[Any]:
    grants = _model("Grant").objects.filter(user_id=user_key).in_force(day).order_by("pk")
    columns = ("office", "organisation_id", "organisation__path", "organisation__kind", "group_id")
    merged = ("organisation__predecessors__path", "organisation__predecessors__until")
    return grants.values_list(*columns, "organisation__name", "delegated_by", *merged)


def _home(member_key: int, day: date) -> QuerySet[Any]:
    here = {"member": OuterRef("member_id"), "organisation": OuterRef("organisation_id")}
    posts = _model("Post").objects.of_committee().on(day).filter(**here)
    # One row at most: two formal relations of a member never share a day.
    relations = _model("Relation").objects.on(day).filter(member_id=member_key, kind="formal")
    return relations.values_list("organisation__path", "organisation__name", Exists(posts))


_SAMPLES = (1, date.min), (2, date.max)
_GRANTS = Prepared(_grants, *_SAMPLES)
_HOME = Prepared(_home, *_SAMPLES)
