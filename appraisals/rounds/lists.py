"""The columns of the lists of progress, rosters and items to make up."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from appraisals.rounds.states import ENTERED_FOR, ProgressState
from shell.formats import badge, choice, day, link, state_badge
from shell.lists import Column, Deed


def due(row: Any) -> SafeString | str:
    """The day, with a sign where it has passed; `late` is annotated for the list's own day."""
    if row.late:
        return format_html('<span class="overdue">{} {}</span>', day(row.due_on), _("overdue"))
    return day(row.due_on)


def state(row: Any) -> SafeString:
    """Its state; with the mark 代录 where it was left on typed totals, or by the superior for the branch."""
    return format_html("{} {}", state_badge(row), badge(ENTERED_FOR)) if row.is_marked else state_badge(row)


def _lacking(row: Any) -> str:
    """What was not met when the branch asked or reported; nothing is told of a stage that nobody has reported."""
    return str(row.lacking) if row.requested_on and row.lacking else ""


def _deed(name: str, label: Any, icon: str) -> Deed:
    return Deed(label, reverse_lazy("progress_batch", args=[name]), icon)


PASS_ON = _deed("pass_on", _("Let them pass the stage"), "check2-circle")
REQUEST = _deed("request", _("Request for them"), "pencil")
REPORT = _deed("report", _("Report for them"), "pencil")
URGE = Deed(_("Urge"), reverse_lazy("urge_create"), "bell")
PROGRESS_READS = (
    "state", "due_on", "requested_on", "lacking", "passed_on", "is_entered_for", "late", "stage__name", "round__name",
    "organisation__name", "organisation__short_name", "organisation__mode",
)  # fmt: skip
PROGRESS = (
    Column("organisation", _("Branch"), lambda row: link(row.get_absolute_url(), row.organisation.label),
           sort="organisation__path", css="wide"),
    Column("stage", _("Stage"), lambda row: row.stage.name, sort="stage__position"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("due_on", _("Due on"), due, sort="due_on", css="nowrap"),
    Column("requested_on", _("Requested on"), lambda row: day(row.requested_on), sort="requested_on", css="nowrap"),
    Column("lacking", _("Not met"), _lacking, css="num"),
    Column("mode", _("Way of working"), lambda row: choice(row.organisation, "mode"), css="nowrap"),
    Column("passed_on", _("Passed on"), lambda row: day(row.passed_on), sort="passed_on", css="nowrap"),
    Column("state", _("State"), state, sort="state", css="nowrap"),
)  # fmt: skip
ROSTER = (
    Column("member", _("Name"), lambda row: link(row.get_absolute_url(), row.member.name), sort="member__name_pinyin"),
    Column("organisation", _("Appraised by"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("category", _("Category on the roster day"), lambda row: choice(row, "category"), sort="category"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("is_due", _("To be appraised"), lambda row: _("Yes") if row.is_due else _("No"), sort="is_due"),
    Column("offered", _("Offered to"), lambda row: row.offered_to.label if row.offered_to else ""),
)
MAKEUP = (
    Column("what", _("What is to be made up"), lambda row: link(row.get_absolute_url(), row.what), css="wide"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("stage", _("Stage"), lambda row: row.stage.name, sort="stage__position"),
    Column("member", _("Who"), lambda row: row.member or ""),
    Column("clause", _("Source"), lambda row: row.clause),
    Column("due_on", _("Due on"), due, sort="due_on", css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)


def deeds_for(asked: Any, user: Any) -> tuple[Deed, ...]:
    """What may be done with ticked rows: offered where the list is narrowed to those it can be done with."""
    state = asked.get("state", "")
    if state == ProgressState.REQUESTED and user.may("accept", None):
        return (PASS_ON,)
    if state in (ProgressState.WORKING, ProgressState.RETURNED) and user.may("oversee", None):
        return (URGE, REQUEST, REPORT) if user.may("enter_for", None) else (URGE,)
    return ()
