"""The columns of the list of rounds, and the numbers on the page of one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.materials.states import MaterialState
from appraisals.models import Round
from shell.formats import day, link, state_badge
from shell.lists import Column


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
