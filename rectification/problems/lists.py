"""The columns of the ledger of problems, and what may be done with ticked rows."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from rectification.problems.rules import LEADERS
from rectification.problems.signs import due
from shell.formats import choice, day, link, state_badge
from shell.lists import Column, Deed

READS = (
    "text", "whose", "category", "state", "due_on", "priority", "found_on", "year", "late", "near", "closed_on",
    "verified_as",
    "organisation__name", "organisation__short_name", "responsible__name", "member__name",
)  # fmt: skip


def _whose(row: Any) -> str:
    return row.member.name if row.member else choice(row, "whose")


COLUMNS = (
    Column("text", _("Problem"), lambda row: link(row.get_absolute_url(), row.short), css="wide"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("whose", _("Whose problem"), _whose, sort="whose", css="nowrap"),
    Column("category", _("Category of problem"), lambda row: choice(row, "category"), sort="category", css="nowrap"),
    Column("priority", _("Priority"), lambda row: choice(row, "priority"), sort="priority", css="nowrap"),
    Column("responsible", _("Responsible"), lambda row: row.responsible.name if row.responsible else "", css="nowrap"),
    Column("found_on", _("Found on"), lambda row: day(row.found_on), sort="found_on", css="nowrap"),
    Column("due_on", _("To be put right by"), due, sort="due_on", css="nowrap"),
    Column("closed_on", _("Closed on"), lambda row: day(row.closed_on), sort="closed_on", css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)


def _deed(name: str, label: Any, icon: str) -> Deed:
    return Deed(label, reverse_lazy("problem_batch", args=[name]), icon)


DEEDS = (
    _deed("assign", _("Give to somebody"), "person-check"),
    _deed("extend", _("Set another day"), "calendar-plus"),
    _deed("void", _("Make void"), "x-circle"),
)


GATHER = Deed(_("Put under a common problem"), reverse_lazy("common_gather"), "collection")


def deeds_for(user: Any) -> tuple[Deed, ...]:
    """What this person may do with ticked rows."""
    mine = DEEDS if any(user.may(right, None) for right in LEADERS) else ()
    return (*mine, GATHER) if user.may(Right.ARRANGE, None) else mine


def key(row: Any) -> Any:
    """What a tick posts: nothing for what is void, or verified as closed."""
    return row.pk if row.takes_deeds else ""
