"""The columns of the list of visits."""

from django.utils.translation import gettext_lazy as _

from shell.formats import choice, day, link, state_badge
from shell.lists import Column

VISIT_READS = (
    "visited_on", "manner", "state", "due_on", "submitted_on", "organisation__name", "organisation__short_name",
    "round__name", "visitor__name", "short",
)  # fmt: skip
VISIT_COLUMNS = (
    Column("visited_on", _("Day of the visit"), lambda row: link(row.get_absolute_url(), day(row.visited_on)),
           sort="visited_on", css="nowrap"),
    Column("organisation", _("Branch visited"), lambda row: row.organisation.label, sort="organisation__path",
           css="wide"),
    Column("manner", _("Manner"), lambda row: choice(row, "manner"), sort="manner", css="nowrap"),
    Column("round", _("Round"), lambda row: row.round.name if row.round else ""),
    Column("visitor", _("Visitor"), lambda row: row.visitor.name),
    Column("short", _("Falls short"), lambda row: row.short or "", css="num"),
    Column("due_on", _("To be put right by"), lambda row: day(row.due_on), sort="due_on", css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)  # fmt: skip
