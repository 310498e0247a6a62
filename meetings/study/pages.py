"""What the pages of study hours show."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, Relation, User
from branches.namesakes import told_apart
from branches.rights import Right
from branches.rules.sets import RuleSet
from meetings.models import Meeting, StudyEntry
from meetings.study.hours import Year, years
from shell.formats import trimmed

FORECAST_FROM = 11  # the month from which the year is nearly over (R17)


def reads_branch(user: User, organisation: Organisation) -> bool:
    """Whoever serves the branch, and its officer: no other superior compares hours."""
    return any(user.may(right, organisation) for right in (Right.READ_BRANCH, Right.ARRANGE))


def reads_lacking(user: User, organisation: Organisation) -> bool:
    """The secretary and the officer: what is lacking is told to nobody else but the member himself."""
    return any(user.may(right, organisation) for right in (Right.LEAD, Right.ARRANGE))


def of_branch(organisation: Organisation, year: int, user: User) -> dict[str, Any]:
    """One line for each member of the register of today, in its set order; no sums, no order by hours."""
    rows = list(Relation.objects.visible_to(user).filter(organisation=organisation).register(on=user.reach.day))
    found = years({row.member_id: vars(row)["post"] for row in rows}, year, RuleSet(organisation.path, year))
    called = told_apart(((row.member_id, row.member.name) for row in rows), user)
    shows = reads_lacking(user, organisation)
    return {
        "organisation": organisation,
        "year": year,
        "years": (year - 1, year, year + 1),
        "rows": [(key, name, found[key], told_lacking(found[key]) if shows else "") for key, name in called.items()],
        "shows_lacking": shows,
        "query": f"under={organisation.pk}" if shows and year == timezone.localdate().year else "",
    }


def told_lacking(found: Year) -> str:
    """尚差 n 学时, in words; empty where nothing is lacking."""
    words = []
    if found.lacking:
        words.append(_("%(hours)s hours of collective study still lacking") % {"hours": trimmed(found.lacking)})
    if found.lacking_of_both:
        words.append(_("%(hours)s hours of the campaign still lacking") % {"hours": trimmed(found.lacking_of_both)})
    return _("; ").join(words)


def relation_of(user: User, member: int) -> Relation:
    """The member's branch of today, for himself and those who read its hours. Raises Http404."""
    rows = Relation.objects.visible_to(user).filter(member=member).register(on=user.reach.day)
    relation = rows.select_related("organisation", "member").first()
    if relation is None or not (user.reach.member_key == member or reads_branch(user, relation.organisation)):
        raise Http404
    return relation


def of_member(relation: Relation, year: int, user: User) -> dict[str, Any]:
    """A member's year with its lines."""
    organisation, own = relation.organisation, user.reach.member_key == relation.member_id
    found = years({relation.member_id: vars(relation)["post"]}, year, RuleSet(organisation.path, year))
    mine = found[relation.member_id]
    told = told_lacking(mine) if own or reads_lacking(user, organisation) else ""
    held = [credit.meeting_id for credit in mine.credits if credit.meeting_id]
    records = user.may(Right.RECORD, StudyEntry(organisation=organisation, member=relation.member))
    return {
        "organisation": organisation,
        "member": relation.member,
        "year": year,
        "years": (year - 1, year, year + 1),
        "found": mine,
        "opened": set(Meeting.objects.visible_to(user).filter(pk__in=held).values_list("pk", flat=True)),
        "lacking": told,
        "is_late": bool(told) and _is_late(year, timezone.localdate()),
        "may_enter": own or records,
        "may_record": records,
        "reads_branch": reads_branch(user, organisation),
    }


def _is_late(year: int, today: date) -> bool:
    return today.year > year or (today.year == year and today.month >= FORECAST_FROM)
