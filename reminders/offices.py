"""Notices to whoever receives an office or loses one, and the office a secretary with a new account still needs."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models import Grant, Relation
from branches.models.dated import DAY, holds, still
from branches.models.members import PostKind
from branches.rights import Office, Right
from reminders import rules
from reminders.todos import Todo, TodoItem, register
from shell.asked import asked

KEPT = timedelta(30)


def _begun(today: date) -> QuerySet[Any]:
    """Also those of a day to come: whoever is to hold an office knows it before."""
    return Grant.objects.filter(since__gte=today - KEPT, revoked_at=None).filter(still(today - DAY))


def _closed(today: date) -> QuerySet[Any]:
    """Ended, or in force with a last day that is near: as given, or set by a new secretary or a merger since."""
    near = Q(until__lte=today + KEPT, since__lte=today)
    return _with_end(Grant.objects.filter(Q(revoked_at__isnull=False) | Q(until__lt=today) | near), today)


def _ended(today: date) -> QuerySet[Any]:
    """Taken back, or past the last day. The end of a delegation is told when it is given, not again beforehand."""
    return _with_end(Grant.objects.filter(Q(revoked_at__isnull=False) | Q(until__lt=today)), today)


def _with_end(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Each with `ended_on`, its last day."""
    rows = rows.annotate(ended_on=Coalesce(TruncDate("revoked_at"), F("until")))
    return rows.filter(ended_on__gte=today - KEPT)


def _delegated(rows: QuerySet[Any], is_delegation: bool) -> QuerySet[Any]:
    return rows.filter(delegated_by__isnull=not is_delegation)


def _secretaries(user: Any) -> Any:
    """Secretaries below who have an account and not the office: they were named before they had one."""
    rows, today = asked(Relation).visible_to(user).homes(), user.reach.day
    here = {"member__posts__kind": PostKind.SECRETARY, "member__posts__organisation": F("organisation")}
    office = asked(Grant).filter(still(today - DAY), office=Office.SECRETARY, revoked_at=None, delegated_by=None)
    office = office.filter(organisation=OuterRef("organisation"), user=OuterRef("member__user"))
    below = rows.filter(rows.of_oversight(user, Right.ARRANGE), holds(today, "member__posts__"), **here)
    waiting = below.filter(Q(member__user__is_active=True), ~Exists(office))
    return waiting.select_related("member", "organisation").order_by("organisation__path", "pk")


def _item(row: Any) -> TodoItem:
    url = reverse("organisation_change", args=[row.organisation_id, "office"])
    return TodoItem(row.member.name, url, waits_for=row.organisation.label)


TOLD: dict[str, Any] = {"label": "organisation__name", "url_name": "grant_list", "takes_key": False}
MINE: dict[str, Any] = {"recipient": "user__member", **TOLD}
for _rule in (
    rules.Rule(
        "office_begun", _("From %(due)s you hold an office at “%(subject)s”."), due_on="since",
        rows=lambda today: _delegated(_begun(today), False), **MINE,
    ),
    rules.Rule(
        "office_ended", _("Your office at “%(subject)s” ends with %(due)s."), due_on="ended_on",
        rows=lambda today: _delegated(_closed(today), False), **MINE,
    ),
    rules.Rule(
        "delegation_begun", _("From %(due)s the secretary's office of “%(subject)s” is delegated to you."),
        due_on="since", rows=lambda today: _delegated(_begun(today), True), **MINE,
    ),
    rules.Rule(
        "delegation_ended", _("What had been delegated to you at “%(subject)s” ended on %(due)s."),
        due_on="ended_on", rows=lambda today: _delegated(_ended(today), True), **MINE,
    ),
    rules.Rule(
        "delegation_over", _("What you had delegated at “%(subject)s” ended on %(due)s."), due_on="ended_on",
        rows=lambda today: _delegated(_ended(today), True), recipient="delegated_by__member", **TOLD,
    ),
):  # fmt: skip
    rules.register(_rule)
register(Todo("secretary_office", _("Secretaries without office"), "person-check", 26, rows=_secretaries, item=_item))
