"""The grid 代录汇总: for each branch of a stage and each figure it asks for, what its rows say and the total typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from appraisals.models import Progress, Requirement, Stage
from appraisals.rounds.gate import NONE, Finding, findings, typed_codes, unmet
from appraisals.rounds.lists import state
from appraisals.rounds.states import BEHIND
from branches.models import Organisation, User
from branches.models.organisations import Mode
from branches.rules.table import Severity
from figures.models import TypedTotal
from figures.registry import Metric, Period, named
from figures.totals import of_branches
from figures.units import Approx, Span, told


@dataclass(frozen=True, slots=True)
class Column:
    """One figure that may be typed for the stage, with what is asked of it."""

    metric: Metric
    period: Period
    asked: Sequence[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The total that stands for a branch; key 0 where nobody typed one."""

    key: int = 0
    number: tuple[int, str] | None = None

    @property
    def text(self) -> str:
        """As it is written: 1,286余; empty where nothing stands."""
        return told(*self.number) if self.number else ""


@dataclass(slots=True)
class Cell:
    """One figure of one branch. `text` is what its field shows, `fault` what is wrong with that, `theirs` what somebody
    else has saved there meanwhile."""

    organisation: Organisation
    column: Column
    rows: int
    standing: Standing
    text: str = ""
    fault: str = ""
    theirs: str | None = None

    @property
    def name(self) -> str:
        """The name of its field: the branch, and the place of the figure for good."""
        return f"t-{self.organisation.pk}-{self.column.metric.slot}"

    @property
    def label(self) -> str:
        """For whoever cannot see the heading."""
        return f"{self.organisation.label} {self.column.metric.label}"

    @property
    def difference(self) -> int | None:
        """What the total says beyond the rows (差额)."""
        return self.standing.number[0] - self.rows if self.standing.number else None

    @property
    def is_empty(self) -> bool:
        """True where neither rows nor a total say anything."""
        return not self.rows and not self.standing.key


@dataclass(slots=True)
class Line:
    """One branch in the stage."""

    row: Progress
    cells: list[Cell] = field(default_factory=list)
    unmet: list[Finding] = field(default_factory=list)

    @property
    def state(self) -> SafeString:
        """Where the branch stands, with the mark 代录."""
        return state(self.row)

    @property
    def may_pass(self) -> bool:
        """True while the stage is not behind it."""
        return self.row.state not in BEHIND

    @property
    def is_on_paper(self) -> bool:
        return bool(self.row.organisation.mode == Mode.PAPER)

    @property
    def is_short(self) -> bool:
        """True where a figure is empty or falls short of what is required."""
        return bool(self.unmet) or any(cell.is_empty for cell in self.cells)


def columns_of(stage: Stage, user: User) -> list[Column]:
    """The figures that may be typed to meet what the stage requires now, each once. One query."""
    rows = Requirement.objects.visible_to(user).in_force(stage.round_id).filter(stage=stage)
    asked = list(rows.exclude(severity=Severity.OFF))
    period, year = Period(round_key=stage.round_id), Period(year=stage.round.year)
    return [
        Column(named(code), period if named(code).round else year, [str(r) for r in asked if r.metric == code])
        for code in typed_codes(asked)
    ]


def lines_of(rows: Iterable[Progress], columns: Sequence[Column], user: User) -> list[Line]:
    """The branches with their cells, as they stand now. Six queries, however many rows; each row with its `round`."""
    rows = list(rows)
    places = [row.organisation_id for row in rows]
    numbers = of_branches(user, places, {column.period for column in columns}, [c.metric for c in columns])
    standing, found = _standing(places, columns, user), findings(rows, user)
    lines = []
    for row in rows:
        line = Line(row, unmet=unmet(found[row.pk]))
        for column in columns:
            stands = standing.get((row.organisation_id, column.metric.code), Standing())
            counted = numbers.get((row.organisation_id, column.period, column.metric.code), NONE).rows
            line.cells.append(Cell(row.organisation, column, counted, stands, stands.text))
        lines.append(line)
    return lines


def _standing(places: Sequence[int], columns: Sequence[Column], user: User) -> dict[tuple[int, str], Standing]:
    """What stands for each branch and figure, over whichever period the figure is counted by."""
    periods = {(column.metric.code, column.period.round_key, column.period.year) for column in columns}
    rows = TypedTotal.objects.visible_to(user).standing().filter(
        organisation__in=places, metric__in=[column.metric.code for column in columns], span=Span.STAGE,
        summary__round_key__in=[key for _c, key, _y in periods], summary__year__in=[year for _c, _k, year in periods],
    )  # fmt: skip
    read: Any = rows.order_by().values_list(
        "organisation_id", "metric", "pk", "value", "approx", "summary__round_key", "summary__year"
    )
    return {
        (place, code): Standing(key, (value, Approx(approx)))
        for place, code, key, value, approx, round_key, year in read
        if (code, round_key, year) in periods
    }
