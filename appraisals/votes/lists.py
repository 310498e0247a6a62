"""The columns of the list of votes."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shell.formats import choice, day, link, state_badge
from shell.lists import Column, Deed


def _days(row: Any) -> str:
    """The day, or first and last day of one outside a meeting."""
    return f"{day(row.held_on)} — {day(row.until)}" if row.until else day(row.held_on)


REPORTS = Deed(_("Count reports as one Word file"), reverse_lazy("vote_words"), "file-earmark-word")
VOTE_READS = (
    "held_on", "until", "title", "way", "voters", "state", "organisation__name", "organisation__short_name",
    "round__name",
)  # fmt: skip
VOTE_COLUMNS = (
    Column("held_on", _("Day of the vote"), _days, sort="held_on", css="nowrap"),
    Column("title", _("Title of the vote"), lambda row: link(row.get_absolute_url(), row.title), sort="title"),
    Column("organisation", _("Organisation"), lambda row: row.organisation.label, sort="organisation__path",
           css="wide"),
    Column("round", _("Round"), lambda row: row.round.name if row.round else ""),
    Column("way", _("Way of the ballot"), lambda row: choice(row, "way"), sort="way"),
    Column("voters", _("Voters"), lambda row: row.voters, css="num"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)  # fmt: skip
