"""The columns of the list of talks."""

from django.utils.translation import gettext_lazy as _

from shell.formats import choice, day, link, state_badge
from shell.lists import Column

TALK_READS = (
    "held_on", "talkers", "partners", "kind", "place", "persons", "state", "organisation__name",
    "organisation__short_name",
)  # fmt: skip
TALK_COLUMNS = (
    Column("held_on", _("Day of the talk"), lambda row: link(row.get_absolute_url(), day(row.held_on)), sort="held_on",
           css="nowrap"),
    Column("talkers", _("Talker"), lambda row: row.talkers, sort="talkers"),
    Column("partners", _("Talked with"), lambda row: row.partners, css="wide"),
    Column("kind", _("Class of talk"), lambda row: choice(row, "kind"), sort="kind", css="nowrap"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("place", _("Place of the talk"), lambda row: row.place),
    Column("persons", _("Persons"), lambda row: row.persons, css="num"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)  # fmt: skip
