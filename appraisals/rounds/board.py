"""进度一览: the organisations right below one, each with its stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from appraisals.models import Progress, Round, Stage
from appraisals.rounds.metrics import OF_PROGRESS
from appraisals.rounds.states import AT_WORK, ENTERED_FOR, TO_ENTER, ProgressState
from appraisals.states import RoundState
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.models.organisations import Kind, Mode
from branches.overview import Overview, named
from branches.rights import Right
from branches.tree import contains
from figures import registry, totals
from figures.registry import Period
from shell.asked import asked
from shell.formats import day, joined
from shell.rows import read_light
from workflow.addresses import around, page_of

ROWS = 1_000  # organisations a board prints at once; more open by their superior
READS = ("organisation_id", "stage_id", "state", "due_on", "is_entered_for", "late")
LINE = '<tr><th scope="row"><a href="{}">{}</a></th>{}</tr>'
_TONES = {state.value: state.tone for state in ProgressState}


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
        self._to_enter, self._entered_for, self._page = str(TO_ENTER), str(ENTERED_FOR), around("progress_detail")
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

    @property
    def printed(self) -> SafeString:
        """The lines of the table in one piece: a template loop over 4,000 cells costs several times as much."""
        return format_html_join("\n", LINE, ((row.url, row.name, _printed(row.cells)) for row in self.rows))

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
        counts, on_paper = mine.standing_below(self.place.path)
        address = f"{reverse('progress_list')}?round={self.round.pk}&place={self.place.pk}&state="
        asked_for = (ProgressState.REQUESTED, ProgressState.RETURNED)
        found = [(str(state.label), counts.get(state, 0), address + state) for state in asked_for if counts.get(state)]
        told = (str(TO_ENTER), on_paper, address.removesuffix("state=") + "paper=yes")
        return [told, *found] if on_paper else found

    @property
    def may_enter(self) -> bool:
        """True where this person may enter numbers for the branches shown."""
        return self.user.may(Right.ENTER_FOR, self.place) and self.round.state == RoundState.OPEN

    @property
    def urges_at(self) -> str:
        """The list on which whoever oversees the place ticks whom to urge; empty for others and once it is closed."""
        if self.round.state != RoundState.OPEN or not self.user.may(Right.OVERSEE, self.place):
            return ""
        asked_for = f"?round={self.round.pk}&place={self.place.pk}&state={ProgressState.WORKING}"
        return reverse("progress_list") + asked_for

    def _branches(self, places: list[Organisation]) -> dict[int, Row]:
        here = {"round": self.round, "organisation__in": [place.pk for place in places]}
        rows = asked(Progress).visible_to(self.user).with_late(timezone.localdate()).filter(**here)
        found: dict[int, dict[int, Any]] = {}
        for row in read_light(rows.order_by("stage__position"), READS):
            found.setdefault(row.organisation_id, {})[row.stage_id] = row
        return {
            place.pk: Row(place.label, page_of("branch_stages", next(iter(found[place.pk].values())).pk),
                          [self._cell(stage, place, found[place.pk].get(stage.pk)) for stage in self.columns])
            for place in places if place.pk in found
        }  # fmt: skip

    @cached_property
    def _words(self) -> dict[str, str]:
        """Of each state. A lazy word asks for its language anew each time, and here thousands of times a page."""
        return {state.value: str(state.label) for state in ProgressState}

    def _cell(self, stage: Stage, place: Organisation, row: Any) -> Cell:
        if row is None:
            return Cell(stage.name, "—")
        words, (before, after) = self._words[row.state], self._page
        if row.state in AT_WORK:
            words = f"{self._to_enter if place.mode == Mode.PAPER else words} {day(row.due_on)}"
        elif row.is_marked:
            words = f"{words} · {self._entered_for}"
        return Cell(stage.name, words, f"{before}{row.pk}{after}", _TONES[row.state], row.late)

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


def _printed(cells: Sequence[Cell]) -> SafeString:
    """The cells of one line. Thousands look alike but for their address: what stands around it is made once."""
    late = gettext("overdue")
    parts: list[str] = []
    for cell in cells:
        before, after = _around(cell.label, cell.words, cell.tone, late if cell.is_late else "", bool(cell.url))
        parts += (before, cell.url, after)
    return joined(parts)


@lru_cache(maxsize=2_000)
def _around(label: str, words: str, tone: str, late: str, is_link: bool) -> tuple[SafeString, SafeString]:
    """The HTML of a cell before its address and behind it."""
    css = format_html(' class="state state-{}"', tone) if tone else ""
    mark = format_html(' <span class="overdue">{}</span>', late) if late else ""
    if not is_link:
        return format_html('<td data-label="{}">{}', label, words), format_html("{}</td>", mark)
    return format_html('<td data-label="{}"><a href="', label), format_html('"{}>{}</a>{}</td>', css, words, mark)
