"""Who stands on a ballot, and who may count one."""

from datetime import date
from typing import Any

from appraisals.models import RosterEntry
from branches.models import Organisation, Relation
from branches.models.members import COMMITTEE_POSTS, Category
from branches.namesakes import told_apart

Named = tuple[tuple[int, str], ...]  # (key of the member, what a list calls him)


def rated(organisation: Organisation, round_: Any, day: date, reader: Any) -> Named:
    """正式党员 to be appraised: those of the round's roster, or of the register on that day; in set order."""
    formal = [_named(row) for row in _register(organisation, day) if vars(row)["category"] == Category.FORMAL]
    if round_ is not None:
        entries = RosterEntry.objects.visible_to(reader).due().filter(organisation=organisation, round=round_)
        entries = entries.filter(category=Category.FORMAL).select_related("member")
        due = {entry.member_id: entry.member.name for entry in entries}
        inside = [pair for pair in formal if pair[0] in due]
        formal = inside + [pair for pair in due.items() if pair[0] not in dict(inside)]
    return tuple(told_apart(formal, reader).items())


def register_of(organisation: Organisation, day: date, reader: Any) -> Named:
    """Everybody of the register on that day."""
    return tuple(told_apart(map(_named, _register(organisation, day)), reader).items())


def committee_of(organisation: Organisation, day: date, reader: Any) -> Named:
    """班子成员 by their posts on that day."""
    rows = [row for row in _register(organisation, day) if vars(row)["post"] in COMMITTEE_POSTS]
    return tuple(told_apart(map(_named, rows), reader).items())


def _register(organisation: Organisation, day: date) -> Any:
    return Relation.objects.filter(organisation=organisation).register(on=day)


def _named(row: Any) -> tuple[int, str]:
    return row.member_id, row.member.name
