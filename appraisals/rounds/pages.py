"""What the pages of a round show: the plan, the board 进度一览, and one branch at its gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from appraisals.models import MakeupItem, Progress, Requirement, Round, Stage
from appraisals.rounds.gate import Finding, findings
from appraisals.rounds.lists import state
from appraisals.rounds.metrics import OF_PROGRESS
from appraisals.rounds.states import AT_WORK, ENTERED_FOR, TO_ENTER, ProgressState
from appraisals.states import RoundState
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.models.organisations import Kind, Mode
from branches.overview import Overview, named
from branches.rights import Right
from branches.tree import contains, under
from figures import registry, totals
from figures.registry import Period
from shell.formats import day
from workflow.moves import available_moves

ROWS = 200  # branches a board prints at once; more open by their superior


@dataclass(frozen=True, slots=True)
class Planned:
    """One stage with what it requires now."""

    stage: Stage
    needed: Sequence[Requirement]


def plan_of(round_: Round, user: User) -> list[Planned]:
    """The stages of a round in order, each with the requirements still in force. Two queries."""
    needed: dict[int, list[Requirement]] = {}
    for row in Requirement.objects.visible_to(user).in_force(round_):
        needed.setdefault(row.stage_id, []).append(row)
    stages = Stage.objects.visible_to(user).filter(round=round_)
    return [Planned(stage, needed.get(stage.pk, [])) for stage in stages]


def links(round_: Round, user: User) -> dict[str, bool]:
    """Which pages of an opened round its own page leads to, for this person."""
    reads = user.may(Right.OVERSEE, None) or user.may(Right.READ_BRANCH, None)
    return {
        "reads_board": reads and Stage.objects.visible_to(user).filter(round=round_).exists(),
        "reads_roster": reads and round_.state != RoundState.DRAFT,
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the board: its stage, its words, where it leads, and the tone of a badge where it is a state."""

    label: str
    words: str
    url: str = ""
    tone: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    cells: Sequence[Cell]


class Board:
    """进度一览: the organisations right below one, each with its stages; branches with their states, superiors with
    how many of their branches have passed. In set order, never by how far they are (F26)."""

    def __init__(self, request: AuthedRequest, round_: Round) -> None:
        self.user, self.round = request.user, round_
        self.place = named(request) or self._begin()
        if not contains(round_.organisation.path, self.place.path) or not self._reads(self.place):
            raise Http404

    def _begin(self) -> Organisation:
        """The round's own organisation, or the topmost below it that this person oversees."""
        over = self.user.reach.oversight_paths(Right.OVERSEE)
        inside = (
            [self.round.organisation.path]
            if any(contains(path, self.round.organisation.path) for path in over)
            else [path for path in over if contains(self.round.organisation.path, path)]
        )
        paths = inside or list(self.user.reach.office_paths(Right.READ_BRANCH))
        return get_object_or_404(Organisation.objects.visible_to(self.user), path=min(paths, default=""))

    def _reads(self, place: Organisation) -> bool:
        return self.user.may(Right.OVERSEE, place) or self.user.may(Right.READ_BRANCH, place)

    @cached_property
    def columns(self) -> list[Stage]:
        return list(Stage.objects.visible_to(self.user).filter(round=self.round))

    @cached_property
    def below(self) -> list[Organisation]:
        """The organisations right below, in set order; of a branch itself."""
        if self.place.kind == Kind.BRANCH:
            return [self.place]
        return list(Overview(self.user).below(self.place)[:ROWS])

    @cached_property
    def rows(self) -> list[Row]:
        """A line for each organisation right below."""
        branches = self._branches([row for row in self.below if row.kind == Kind.BRANCH])
        inner = self._inner([row for row in self.below if row.kind != Kind.BRANCH])
        return [(branches | inner)[row.pk] for row in self.below if row.pk in (branches | inner)]

    @property
    def whole(self) -> Row:
        """The place itself: how many of its branches have passed each stage."""
        return self._inner([self.place])[self.place.pk]

    @property
    def waiting(self) -> list[tuple[str, int, str]]:
        """(state, how many, address of those rows) of what asks for somebody: only what falls short is on top."""
        mine = Progress.objects.visible_to(self.user).filter(round=self.round)
        counts = mine.counted_by_state(self.place.path)
        address = f"{reverse('progress_list')}?round={self.round.pk}&place={self.place.pk}&state="
        asked = (ProgressState.REQUESTED, ProgressState.RETURNED)
        found = [(str(state.label), counts.get(state, 0), address + state) for state in asked if counts.get(state)]
        on_paper = mine.to_enter().filter(under(self.place.path, "organisation__path")).count()
        told = (str(TO_ENTER), on_paper, address.removesuffix("state=") + "paper=yes")
        return [told, *found] if on_paper else found

    @property
    def may_enter(self) -> bool:
        """True where this person may enter numbers for the branches shown."""
        return self.user.may(Right.ENTER_FOR, self.place) and self.round.state == RoundState.OPEN

    def _branches(self, places: list[Organisation]) -> dict[int, Row]:
        today = timezone.localdate()
        mine = Progress.objects.visible_to(self.user).filter(round=self.round, organisation__in=[p.pk for p in places])
        found: dict[int, dict[int, Progress]] = {}
        for row in mine.with_late(today):
            found.setdefault(row.organisation_id, {})[row.stage_id] = row
        return {
            place.pk: Row(place.label, reverse("branch_stages", args=[next(iter(found[place.pk].values())).pk]),
                          [self._cell(stage, place, found[place.pk].get(stage.pk)) for stage in self.columns])
            for place in places if place.pk in found
        }  # fmt: skip

    def _cell(self, stage: Stage, place: Organisation, row: Any) -> Cell:
        if row is None:
            return Cell(stage.name, "—")
        words = str(row.get_state_display())
        if row.state in AT_WORK:
            words = f"{TO_ENTER if place.mode == Mode.PAPER else words} {day(row.due_on)}"
        elif row.is_marked:
            words = f"{words} · {ENTERED_FOR}"
        return Cell(stage.name, words, row.get_absolute_url(), ProgressState(row.state).tone, row.late)

    def _inner(self, places: list[Organisation]) -> dict[int, Row]:
        metrics = [registry.named(code) for code in OF_PROGRESS[: len(self.columns) + 1]]
        period = Period(round_key=self.round.pk)
        lines = totals.by_child(self.user, [place.path for place in places], period, metrics)
        return {place.pk: self._counted(place, lines[place.path], metrics, period) for place in places}

    def _counted(self, place: Organisation, lines: Any, metrics: Any, period: Period) -> Row:
        of = lines[metrics[0].code].rows
        cells = [
            Cell(stage.name, f"{lines[metric.code].rows:,} / {of:,}", metric.opens(place.pk, period))
            for stage, metric in zip(self.columns, metrics[1:], strict=True)
        ]
        return Row(place.label, f"{reverse('progress_board', args=[self.round.pk])}?under={place.pk}", cells)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a branch, with what the figures say where it is at work."""

    row: Progress
    findings: Sequence[Finding]

    @property
    def unmet(self) -> int:
        return sum(not finding.is_met for finding in self.findings)


def steps_of(round_: Round, organisation: Organisation, user: User) -> list[Step]:
    """The way of one branch through a round, in order."""
    rows = list(
        Progress.objects.visible_to(user).filter(round=round_, organisation=organisation)
        .select_related("stage", "organisation", "round").with_late(timezone.localdate()).order_by("stage__position")
    )  # fmt: skip
    found = findings(rows, user)
    return [Step(row, found[row.pk]) for row in rows]


def gate_of(progress: Progress, user: User) -> dict[str, Any]:
    """The page of one branch in one stage: what is required and missing, what is to be made up, what may be done."""
    items = MakeupItem.objects.visible_to(user).filter(stage=progress.stage_id, organisation=progress.organisation_id)
    found = findings([progress], user)[progress.pk]
    is_open = progress.round.state == RoundState.OPEN
    shown = moving.shown(progress, user)
    return {
        "progress": progress,
        "state": state(progress),
        "findings": found,
        "items": items.select_related("member").with_late(timezone.localdate()).order_by("due_on", "pk"),
        "may_extend": is_open and progress.state in AT_WORK and user.may(Right.ACCEPT, progress),
        "may_give_back": is_open and any(move.name == "give_back" for move in available_moves(progress, user)),
        **shown,
        "moves": shown["moves"] if is_open else [],
    }
