"""The columns of the lists of opinions and digests. No name of a person: a row is seen by more than its words are."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from appraisals.opinions.channels import COUNTED
from appraisals.opinions.states import OpinionState
from shell.formats import choice, dash, day, link, state_badge
from shell.lists import Column, Deed


def _unless_sealed(cell: Any) -> Any:
    """An opinion handed over says nothing but that."""
    return lambda row: "" if row.state == OpinionState.SEALED else cell(row)


def sortable(row: Any) -> Any:
    """The key a tick posts: of what is still to be sorted."""
    return row.pk if row.state == OpinionState.RECEIVED else ""


GATHER = Deed(_("Gather into one digest"), reverse_lazy("digest_create"), "collection")
OPINION_READS = (
    "target", "channel", "count", "noted_on", "read_by", "state", "organisation__name", "organisation__short_name",
    "round__name",
)  # fmt: skip
OPINION_COLUMNS = (
    Column("number", _("Number"), lambda row: link(row.get_absolute_url(), f"№{row.pk}"), css="nowrap"),
    Column("target", _("About"), lambda row: choice(row, "target"), sort="target"),
    Column("channel", _("Channel"), lambda row: choice(row, "channel"), sort="channel", css="nowrap"),
    Column("count", _("Mentions"), _unless_sealed(lambda row: row.count), sort="count", css="num"),
    Column("organisation", _("Collected by"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("noted_on", _("Noted on"), _unless_sealed(lambda row: day(row.noted_on)), sort="noted_on", css="nowrap"),
    Column("read_by", _("Read by"), _unless_sealed(lambda row: choice(row, "read_by")), sort="read_by"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)
CHANNEL_READS = (
    "channel", "issued", "returned", "approximate", "counted_on", "organisation__name", "organisation__short_name",
    "round__name",
)  # fmt: skip
CHANNEL_COLUMNS = (
    Column("organisation", _("Organisation"), lambda row: row.organisation.label, sort="organisation__path",
           css="wide"),
    Column("channel", _("Channel"), lambda row: choice(row, "channel"), sort="channel", css="nowrap"),
    Column("words", _("What is counted"), lambda row: COUNTED[row.channel].issued),
    Column("issued", _("How many"), lambda row: row.told_issued, sort="issued", css="num"),
    Column("returned", _("Handed back"), lambda row: dash(row.told_returned), sort="returned", css="num"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("counted_on", _("Counted on"), lambda row: day(row.counted_on), sort="counted_on", css="nowrap"),
)  # fmt: skip
DIGEST_READS = (
    "target", "state", "fed_back_on", "acknowledged_on", "organisation__name", "organisation__short_name",
    "round__name",
)  # fmt: skip
DIGEST_COLUMNS = (
    Column("number", _("Number"), lambda row: link(row.get_absolute_url(), f"№{row.pk}"), css="nowrap"),
    Column("target", _("About"), lambda row: choice(row, "target"), sort="target"),
    Column("organisation", _("Organisation"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("fed_back_on", _("Fed back on"), lambda row: day(row.fed_back_on), sort="fed_back_on", css="nowrap"),
    Column("acknowledged_on", _("Acknowledged on"), lambda row: day(row.acknowledged_on), sort="acknowledged_on",
           css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)  # fmt: skip
