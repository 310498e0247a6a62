"""The columns of the list of checks of study notes; no numbers side by side, which would compare branches."""

from django.utils.translation import gettext_lazy as _

from shell.formats import dash, day, link, state_badge
from shell.lists import Column

NOTES_READS = (
    "checked_on", "subject", "asked", "correct_by", "state", "organisation__name", "organisation__short_name",
)  # fmt: skip
NOTES_COLUMNS = (
    Column("checked_on", _("Day of the check"), lambda row: link(row.get_absolute_url(), day(row.checked_on)),
           sort="checked_on", css="nowrap"),
    Column("subject", _("What is checked"), lambda row: row.subject, sort="subject", css="wide"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("asked", _("Study questions"), lambda row: dash(row.asked or None), css="num"),
    Column("correct_by", _("To be put right by"), lambda row: dash(day(row.correct_by)), sort="correct_by",
           css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)  # fmt: skip
