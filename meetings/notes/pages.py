"""What the pages of checks of study notes show, to each only what is his."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from branches import moving
from branches.models import Organisation, Relation, User
from branches.models.members import PostKind
from branches.models.organisations import Kind
from branches.namesakes import told_apart
from branches.rights import Right
from meetings.models import NotesCheck, NotesLine
from meetings.notes.states import State


@dataclass(frozen=True)
class Person:
    """One line of the register of the day of the check."""

    key: int
    name: str
    initials: str
    post: str


def places(user: User) -> QuerySet[Organisation]:
    """The branches in which this person enters checks."""
    paths = user.reach.office_paths(Right.KEEP_REGISTER)
    return Organisation.objects.visible_to(user).filter(path__in=paths, kind=Kind.BRANCH, until=None).order_by("path")


def people(check: NotesCheck, reader: User) -> list[Person]:
    """The register of the day of the check, in set order."""
    rows = list(Relation.objects.filter(organisation=check.organisation_id).register(on=check.checked_on))
    called = told_apart(((row.member_id, row.member.name) for row in rows), reader)
    return [Person(row.member_id, called[row.member_id], row.member.name_initials, _post(row)) for row in rows]


def _post(row: Relation) -> str:
    post = vars(row)["post"]  # register() annotates it
    return str(PostKind(post).label) if post else ""


def lines(check: NotesCheck, reader: User) -> dict[int, NotesLine]:
    """What this person may read of what was found, by the key of the member."""
    return {row.member_id: row for row in NotesLine.objects.visible_to(reader).filter(notes_check=check)}


def reads_all(check: NotesCheck, user: User) -> bool:
    """Whoever serves the branch, or the one it was merged into, and its committee."""
    rights = (Right.READ_BRANCH, Right.WRITE_FOR_COMMITTEE)
    return any(check.organisation.path in user.reach.office_paths(right) for right in rights)


def shown(check: NotesCheck, user: User) -> dict[str, Any]:
    """What the page of a check prints for this person."""
    found, everything = lines(check, user), reads_all(check, user)
    known = people(check, user)
    may_enter = check.state == State.STANDING and user.may(Right.RECORD, check)
    return {
        "check": check,
        "rows": [(person, found[person.key]) for person in known if person.key in found],
        "not_looked_at": [person.name for person in known if person.key not in found] if everything and found else [],
        "reads_all": everything,
        "reads_numbers": everything or user.may(Right.OVERSEE, check),
        "may_enter": may_enter,
        "may_look": may_enter and bool(check.short or check.missing) and bool(found),
        **moving.shown(check, user),
    }
