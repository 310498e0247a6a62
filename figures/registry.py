"""The registry of metrics: each number of the field has one definition, its rows, and its column of the summary.

A room names its own in `metrics.py`, imported from AppConfig.ready():

    register(
        Metric(
            "meetings.org_life", 1, _("Organisational life meetings held"), Unit.TIMES,
            rows=lambda: Meeting.objects.filter(form=Form.ORG_LIFE_MEETING, state__in=WORDED),
            year="started_at__year",
            opens=lambda place, period: f"{reverse('meeting_list')}?organisation={place}&form=org_life_meeting",
        )
    )

and its actions call `figures.actions.recount` for the branch whose rows they have changed. A gate, a table or an export
asks for a number by its code and never imports the room that counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise

from figures.units import Unit

SLOTS = 64  # columns of the summary; a further one is a migration


@dataclass(frozen=True, slots=True)
class Period:
    """What a number is counted over: one round, or one year; never both."""

    round_key: int = 0
    year: int = 0

    def __post_init__(self) -> None:
        if bool(self.round_key) == bool(self.year):
            raise ValueError("a period is a round or a year")

    @property
    def query(self) -> str:
        """As the pages of figures are asked for it: round=7 or year=2026."""
        return f"round={self.round_key}" if self.round_key else f"year={self.year}"


@dataclass(frozen=True, slots=True)
class Reserve:
    """What a number counts and not every one of its readers may open: a difference between the two would tell of it.

    from_reader(user): the rows this person may not open; his figures leave them out. from_some: the rows that some who
    read the branch's figures may not open; a gate leaves them out for everybody, so that what it says is the same to
    all. query: narrows the list that the metric opens to those a gate counts.
    """

    from_reader: Callable[[Any], QuerySet[Any]]
    from_some: Callable[[], QuerySet[Any]]
    query: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One number. `slot` is its column of Summary for good: a number once used is never given to another metric.

    rows: every row it counts; organisation: the lookup of the branch's key; round or year: the lookup of its period,
    exactly one of them. amount: a column added up, where rows are not counted one by one. opens: the address of the
    list that shows a branch's or subtree's rows, "" where no page does. typable: may be told as one typed total.
    reserve: where its rows are not everybody's who reads it. is_given: laid down for a branch, not done by it: 0 says
    that nobody owes anything. vague: the column of its rows that is true where a number was told as “so many and some”.
    share_of: the code of the number that it is a part of, told beside it in per cent.
    """

    code: str
    slot: int
    label: str | Promise
    unit: Unit
    rows: Callable[[], QuerySet[Any]]
    organisation: str = "organisation"
    round: str = ""
    year: str = ""
    amount: str = ""
    opens: Callable[[int, Period], str] = lambda place, period: ""
    typable: bool = True
    reserve: Reserve | None = None
    is_given: bool = False
    vague: str = ""
    share_of: str = ""

    @property
    def column(self) -> str:
        return f"n{self.slot:02}"

    @property
    def period(self) -> str:
        """The lookup of its period, whichever kind it is."""
        return self.round or self.year

    @property
    def counted(self) -> Any:
        """The aggregate over its rows."""
        return Sum(self.amount) if self.amount else Count("pk")

    def opens_shared(self, place: int, period: Period) -> str:
        """The address of the rows that a gate counts."""
        address = self.opens(place, period)
        return address + self.reserve.query if address and self.reserve else address

    def belongs_to(self, period: Period) -> bool:
        """True if this number is asked of a round, and `period` is one; so for a year."""
        return bool(self.round) == bool(period.round_key)

    def number(self, organisation: Any, period: Any) -> QuerySet[Any]:
        """One value, the number of one branch, by key: for a subquery. Both are a value or an OuterRef."""
        rows = self.rows().filter(**{self.organisation: organisation, self.period: period}).order_by()
        return rows.values(self.organisation).annotate(counted=self.counted).values("counted")


_metrics: dict[str, Metric] = {}


def register(metric: Metric) -> Metric:
    """Offer a metric. Raises ValueError for a code or slot given twice, or a slot outside the summary."""
    if not 1 <= metric.slot <= SLOTS or bool(metric.round) == bool(metric.year):
        raise ValueError(f"{metric.code}: slot 1 to {SLOTS}, and a round or a year")
    if any(other.slot == metric.slot or other.code == metric.code for other in _metrics.values()):
        raise ValueError(f"{metric.code}: code or slot {metric.slot} is given already")
    _metrics[metric.code] = metric
    return metric


def registered() -> list[Metric]:
    """Every metric, in the order of the columns."""
    return sorted(_metrics.values(), key=lambda metric: metric.slot)


def named(code: str) -> Metric:
    """The metric of that code. Raises KeyError."""
    return _metrics[code]


# --- The rounds a period may name: the room of rounds registers how to ask -----------------------------------------
Rounds = Callable[[Any, str], list[tuple[int, str]]]
_rounds: list[Rounds] = []


def register_rounds(ask: Rounds) -> None:
    """Let `ask(user, path)` tell (key, name) of the rounds held at the organisation at `path`, newest first."""
    _rounds.append(ask)


# --- Metrics that a period has not: a round of three stages is never passed to a fifth ------------------------------
Absent = Callable[[Any, Period], Iterable[str]]
_absent: list[Absent] = []


def register_absent(ask: Absent) -> None:
    """Let `ask(user, period)` tell the codes of metrics that make no sense of that period."""
    _absent.append(ask)


def of_period(user: Any, period: Period) -> list[Metric]:
    """Every metric that may be asked of a period, in the order of the columns."""
    absent = {code for ask in _absent for code in ask(user, period)}
    return [metric for metric in registered() if metric.belongs_to(period) and metric.code not in absent]


def rounds(user: Any, path: str) -> list[tuple[int, str]]:
    """The rounds held there, as far as the person sees them."""
    return [found for ask in _rounds for found in ask(user, path)]
