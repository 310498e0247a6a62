"""The columns of the list of forms of meeting that hold for an organisation."""

from django.utils.translation import gettext_lazy as _

from shell.formats import choice, link, state_badge
from shell.lists import Column

COLUMNS = (
    Column("name", _("Name of the form"), lambda row: link(row.get_absolute_url(), row.name), css="wide"),
    Column("form", _("Held and counted as"), lambda row: choice(row, "form")),
    Column("organisation", _("Laid down by"), lambda row: row.organisation.label),
    Column("state", _("State"), state_badge, css="nowrap"),
)
