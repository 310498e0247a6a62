"""The columns of the lists of rounds and materials."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from appraisals.models import Material, Round
from appraisals.states import MaterialState
from shell.formats import choice, day, link, state_badge
from shell.lists import Column


def _author(row: Material) -> SafeString:
    return link(row.get_absolute_url(), row.author or row.organisation)


def _due(row: Any) -> SafeString | str:
    """The day, with a sign where it has passed; `late` is annotated for the list's own day."""
    if row.late:
        return format_html('<span class="overdue">{} {}</span>', day(row.due_on), _("overdue"))
    return day(row.due_on)


def figures(round_: Round, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The number of materials in each state, each with the address of the rows it counts."""
    rows = reverse("material_list")
    return [
        {"label": MaterialState(state).label, "count": count, "url": f"{rows}?round={round_.pk}&state={state}"}
        for state, count in counts.items()
    ]


def tally(round_: Round, rows: list[tuple[int, str, str, int]]) -> list[dict[str, Any]]:
    """A line a branch: its name and, for each state, how many with the address of those rows."""
    address = reverse("material_list")
    counts: dict[tuple[int, str], dict[str, int]] = {}
    for key, name, state, number in rows:
        counts.setdefault((key, name), {})[state] = number
    return [
        {"name": name, "figures": [
            {"count": found.get(state, 0), "label": state.label,
             "url": f"{address}?round={round_.pk}&place={key}&state={state}"}
            for state in MaterialState if state != MaterialState.VOID
        ]}
        for (key, name), found in counts.items()
    ]  # fmt: skip


ROUND_COLUMNS = (
    Column("name", _("Round name"), lambda row: link(row.get_absolute_url(), row.name), sort="name"),
    Column("year", _("Appraisal year"), lambda row: row.year, sort="year", css="num"),
    Column("organisation", _("Opened by"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("reference", _("Notice number"), lambda row: row.reference),
    Column("due_on", _("Materials due on"), lambda row: day(row.due_on), sort="due_on", css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)
MATERIAL_READS = (
    "kind", "due_on", "late", "versions_count", "reviewer", "state", "author__name", "round__name",
    "organisation__name", "organisation__short_name",
)  # fmt: skip
MATERIAL_COLUMNS = (
    Column("author", _("Author"), _author, sort="author__name_pinyin", css="wide"),
    Column("kind", _("Kind"), lambda row: choice(row, "kind"), sort="kind", css="nowrap"),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("round", _("Round"), lambda row: row.round.name),
    Column("due_on", _("Due on"), _due, sort="due_on", css="nowrap"),
    Column("versions", _("Versions"), lambda row: row.versions_count or "", sort="versions_count", css="num"),
    Column("reviewer", _("Reviewed by"), lambda row: choice(row, "reviewer")),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)
