"""我的支部: the branches a person oversees, in set order, each with where it stands; never by how far it is (F26)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import MakeupItem, Progress
from appraisals.rounds.gate import Finding, findings, unmet
from appraisals.rounds.lists import due as due_day
from appraisals.rounds.states import AT_WORK, UNDER_WAY
from appraisals.states import RoundState
from appraisals.supervision.models.visits import last_visits
from branches.models import Organisation, User
from meetings.models import Meeting
from meetings.models.meetings import midnight
from meetings.states import UPCOMING
from shell.formats import day, link, moment, state_badge
from shell.lists import Column

MOST = 20  # meetings of today and tomorrow named on top


@dataclass(slots=True)
class Told:
    """What a line prints of one branch."""

    gates: list[tuple[Progress, list[Finding]]] = field(default_factory=list)
    meeting: Meeting | None = None
    items: list[MakeupItem] = field(default_factory=list)
    last: date | None = None


def told_of(branches: Sequence[Organisation], user: User) -> dict[int, Told]:
    """By key what the lines of these branches print; in as many queries for many as for one."""
    told = {branch.pk: Told() for branch in branches}
    here = {"organisation__in": list(told)}
    rows = Progress.objects.visible_to(user).filter(round__state=RoundState.OPEN, state__in=UNDER_WAY, **here)
    at_work = list(rows.select_related("stage", "round", "organisation").with_late(user.reach.day).order_by("pk"))
    found = findings(at_work, user)
    for row in at_work:
        told[row.organisation_id].gates.append((row, unmet(found[row.pk])))
    for meeting in _to_come(user).filter(**here):
        told[meeting.organisation_id].meeting = told[meeting.organisation_id].meeting or meeting
    items = MakeupItem.objects.visible_to(user).standing().filter(**here)
    for item in items.with_late(user.reach.day).order_by("due_on", "pk"):
        told[item.organisation_id].items.append(item)
    for key, last in last_visits(told, user).items():
        told[key].last = last
    return told


def near(user: User) -> list[Meeting]:
    """The meetings of today and tomorrow in the branches overseen, by time."""
    rows = _to_come(user).filter(started_at__lt=midnight(user.reach.day + timedelta(2)))
    return list(rows.filter(rows.of_oversight(user)).select_related("organisation")[:MOST])


def _to_come(user: User) -> Any:
    rows = Meeting.objects.visible_to(user).as_told_to(user).plans().filter(state__in=UPCOMING)
    return rows.filter(started_at__gte=midnight(user.reach.day)).order_by("started_at", "pk")


def columns(told: dict[int, Told]) -> tuple[Column, ...]:
    """The table; `told` is filled once the page is known."""

    def stage(row: Organisation) -> SafeString:
        gates = told[row.pk].gates
        return _lines(_stage(progress, lacking, names_round=len(gates) > 1) for progress, lacking in gates)

    def meeting(row: Organisation) -> SafeString | str:
        found = told[row.pk].meeting
        return link(found.get_absolute_url(), f"{moment(found.started_at)} {found.get_form_display()}") if found else ""

    def short(row: Organisation) -> SafeString:
        return _lines(
            format_html("{} {}", link(item.get_absolute_url(), item.what), due_day(item)) for item in told[row.pk].items
        )

    def last(row: Organisation) -> SafeString:
        found = told[row.pk].last
        before = [link(f"{reverse('visit_list')}?place={row.pk}", day(found))] if found else []
        return _lines([*before, link(f"{reverse('visit_create')}?organisation={row.pk}", _("Record a visit"))])

    return (
        Column("path", gettext_lazy("Branch"), _branch, css="nowrap"),
        Column("stage", gettext_lazy("Stage, and what it lacks"), stage, css="wide"),
        Column("meeting", gettext_lazy("Next meeting"), meeting),
        Column("short", gettext_lazy("Fell short last time"), short, css="wide"),
        Column("last", gettext_lazy("Last visit"), last, css="nowrap"),
    )


def at_work(told: dict[int, Told]) -> Any:
    """What a tick posts: the stage the branch is at work in, nothing where it is in none."""

    def key(row: Organisation) -> Any:
        return next((stage.pk for stage, _lacking in told[row.pk].gates if stage.state in AT_WORK), "")

    return key


def _branch(row: Organisation) -> SafeString:
    return link(reverse("organisation_detail", args=[row.pk]), row.label)


def _stage(row: Progress, lacking: Sequence[Finding], *, names_round: bool) -> SafeString:
    """Also what a stage lacks of which the superior is asked to let it pass: he decides by it."""
    words = "；".join(finding.words for finding in lacking)
    name = f"{row.round} · {row.stage}" if names_round else str(row.stage)
    head = format_html("{} {}", link(row.get_absolute_url(), name), state_badge(row))
    return format_html('{}<br><span class="hint">{}</span>', head, _("Lacks: %s") % words) if words else head


def _lines(parts: Any) -> SafeString:
    return format_html_join("", "<div>{}</div>", ((part,) for part in parts))
