"""The columns of the list of meetings."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from meetings.kinds import Form
from meetings.models import Meeting
from meetings.states import WORDED
from shell.formats import badge, choice, day, link, moment, state_badge
from shell.lists import Column, Deed


def _held(row: Any) -> str:
    return day(row.started_at) if row.told_theme is None else moment(row.started_at)


def forms_told(row: Any) -> str:
    """Every form a sitting read `as_told_to` counts as, in words, its own first."""
    own = row.form_name or choice(row, "form")
    if not row.other_forms:
        return own
    codes = row.other_forms.split(",")
    return "、".join([str(own), *(str(form.label) for form in Form if form in codes)])


def _theme(row: Any) -> SafeString:
    words = _("(being written)") if row.told_theme is None else row.told_theme or _unnamed(row)
    return link(row.get_absolute_url(), words)


def _unnamed(row: Any) -> Any:
    """A draft has no theme yet; a record of the paper book has one there."""
    return row.form_name or choice(row, "form") if row.state in WORDED else _("(no theme yet)")


def _attendance(row: Meeting) -> str:
    """Told once the record is handed in: what a draft says is not for the list (I9)."""
    return f"{row.present} / {row.due}" if row.state in WORDED else ""


def _state(row: Meeting) -> SafeString:
    late = badge(_("Entered late")) if row.late_entry else ""
    return format_html("{} {}", state_badge(row), late) if late else state_badge(row)


# Reports offers the address; naming it here keeps the arrow from climbing.
EXPORT_SELECTED = Deed(_("Export the selected"), reverse_lazy("export_create", args=["meeting_ledger"]), "download")
MEETING_READS = (
    "started_at", "told_theme", "form", "form_name", "other_forms", "told_place", "due", "present", "state",
    "late_entry", "organisation__name", "organisation__short_name",
)  # fmt: skip
MEETING_COLUMNS = (
    Column("started_at", _("Held"), _held, sort="started_at", css="nowrap"),
    Column("theme", _("Theme"), _theme, sort="told_theme", css="wide"),
    Column("form", _("Form"), forms_told, sort="form"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("place", _("Place"), lambda row: row.told_place),
    Column("attendance", _("Present / due"), _attendance, css="num"),
    Column("state", _("State"), _state, sort="state", css="nowrap"),
)
