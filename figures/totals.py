"""Numbers added up over a part of the tree: from rows and from typed totals, each apart, and the difference.

What a reader may not open is in none of them: a number says as much as its rows do (decision 21).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Sum, When

from branches.tree import contains, under, under_any, which_of
from figures import reserves
from figures.models import Summary, TypedTotal
from figures.registry import Metric, Period
from figures.units import Approx, together, told
from shell.asked import asked


@dataclass(slots=True)
class Line:
    """One metric over some branches. rows: counted from rows everywhere; typed: the totals typed; covered: what those
    branches have in rows as well; branches: how many typed a total; approx: how exact their sum is; of_rows: how
    exact the rows are."""

    metric: Metric
    rows: int = 0
    typed: int = 0
    covered: int = 0
    branches: int = 0
    approx: str = Approx.EXACT
    of_rows: str = Approx.EXACT

    @property
    def told_rows(self) -> str:
        """What is counted from rows: 28,300余 where somebody said so in one of them."""
        return told(self.rows, self.of_rows)

    @property
    def told_typed(self) -> str:
        """The totals as they were reported: 340余."""
        return told(self.typed, self.approx)

    @property
    def told_total(self) -> str:
        """Rows and totals together: what holds a number that is not exact is not exact."""
        return told(self.total, together([self.approx, self.of_rows]))

    @property
    def total(self) -> int:
        """Rows, and in place of the rows of a branch the total that it has typed: nobody is counted twice (F1)."""
        return self.rows - self.covered + self.typed

    @property
    def difference(self) -> int | None:
        """What the typed totals say beyond the rows of the same branches (差额); None where nobody typed one."""
        return self.typed - self.covered if self.branches else None

    def add(self, typed: int, covered: int, branches: int, low: str | None, high: str | None) -> None:
        """Take up the totals of some branches; `low` and `high`: the first and the last of their approximations."""
        self.approx = together([low, high])
        self.typed, self.covered, self.branches = self.typed + typed, self.covered + covered, self.branches + branches

    def keep_back(self, rows: int, covered: int) -> None:
        """Leave out what the reader may not open: of all rows, and of those beside which a total stands."""
        self.rows, self.covered = self.rows - rows, self.covered - covered


def lines(user: Any, path: str, period: Period, metrics: Sequence[Metric]) -> list[Line]:
    """One line a metric over the organisation at `path` and all below it, as far as `user` sees them. Two
    queries, a third where totals are typed, and one for each number of which something may be kept from him or that
    rows may tell roughly."""
    wanted = {m.code: m for m in metrics if m.belongs_to(period)}
    if not wanted:
        return []
    inside = under(path, "organisation__path")
    rows = asked(Summary).visible_to(user).filter(inside).of(period).order_by().values_list("year")
    sums = next(iter(rows.annotate(**_sums(wanted.values()))), (0,) * (1 + len(wanted)))[1:]
    found = {code: Line(m, rows=number) for (code, m), number in zip(wanted.items(), sums, strict=True)}
    for code, *numbers in _typed(user, period, wanted, inside, "metric"):
        found[code].add(*numbers)
    _keep_back(user, period, {path: found})
    _mark_rough(period, {path: found})
    return list(found.values())


def by_child(user: Any, paths: Sequence[str], period: Period, metrics: Sequence[Metric]) -> dict[str, dict[str, Line]]:
    """For each of `paths`, itself and below, the line of each metric by code; none lies below another. Queries as
    `lines`."""
    wanted = {m.code: m for m in metrics if m.belongs_to(period)}
    found = {path: {m.code: Line(m) for m in metrics} for path in paths}
    if not paths or not wanted:
        return found
    lowest, inside = which_of(paths, "organisation__path"), under_any(paths, "organisation__path")
    rows = asked(Summary).visible_to(user).of(period).filter(inside).annotate(place=lowest).filter(place__isnull=False)
    for place, *sums in rows.order_by().values_list("place").annotate(**_sums(wanted.values())):
        for code, number in zip(wanted, sums, strict=True):
            found[place][code].rows = number
    for path, code, *numbers in _typed(user, period, wanted, inside, "place", "metric", place=lowest):
        found[path][code].add(*numbers)
    counted = {path: {code: found[path][code] for code in wanted} for path in paths}
    _keep_back(user, period, counted)
    _mark_rough(period, counted)
    return found


def _mark_rough(period: Period, found: dict[str, dict[str, Line]]) -> None:
    """Tell the lines, by path and code, in whose rows a number stands as “so many and some” (余)."""
    counted = {line.metric for by_code in found.values() for line in by_code.values() if line.rows}
    for metric in [one for one in counted if one.vague]:
        rows = metric.rows().filter(**{metric.vague: True, metric.period: period.round_key or period.year})
        placed = rows.order_by().annotate(place=which_of(found, f"{metric.organisation}__path")).exclude(place=None)
        for path in placed.values_list("place", flat=True).distinct():
            found[path][metric.code].of_rows = Approx.OVER


def _keep_back(user: Any, period: Period, found: dict[str, dict[str, Line]]) -> None:
    """Take out of the lines, by path and code, what this reader may not open."""
    metrics = [line.metric for line in next(iter(found.values())).values()]
    kept = reserves.from_reader(user, metrics, [period])
    in_totals = set(reserves.in_totals(user, kept, period))
    for one in kept:
        for path, by_code in found.items():
            if contains(path, one.path):
                by_code[one.code].keep_back(one.number, one.number if one in in_totals else 0)


@dataclass(frozen=True, slots=True)
class Number:
    """One figure of one branch: counted from rows, and as it was typed; None where nobody typed it."""

    rows: int = 0
    typed: int | None = None

    @property
    def value(self) -> int:
        """What counts: the typed total where there is one, as in `Line.total`."""
        return self.rows if self.typed is None else self.typed


def of_branches(
    user: Any,
    places: Collection[int],
    periods: Collection[Period],
    metrics: Collection[Metric],
    *,
    shared: bool = False,
) -> dict[tuple[int, Period, str], Number]:
    """The number of each branch, by its key, in each of `periods` that the metric is counted by, and metric code, as
    far as `user` sees them. Branches without a summary have no entry. Queries as `lines`.

    `shared`: as everybody may count it who reads the figures of the branch, for a gate.
    """
    when, found = _any_of(periods), {}
    rows = Summary.objects.visible_to(user).filter(when, organisation__in=places)
    columns = [(metric, metric.column) for metric in metrics]
    for row in rows.order_by().values("organisation_id", "round_key", "year", *(column for _m, column in columns)):
        period = Period(row["round_key"], row["year"])
        for metric, column in columns:
            if metric.belongs_to(period):
                found[row["organisation_id"], period, metric.code] = Number(row[column])
    kept = reserves.from_some(metrics, periods, places) if shared else reserves.from_reader(user, metrics, periods)
    for one in kept:
        if (key := (one.organisation_id, one.period, one.code)) in found:
            found[key] = Number(found[key].rows - one.number)
    typed = TypedTotal.objects.visible_to(user).counted().filter(_any_of(periods, "summary__"))
    codes = [metric.code for metric in metrics]
    of = ("organisation_id", "summary__round_key", "summary__year", "metric", "value")
    for place, round_key, year, code, value in (
        typed.filter(organisation__in=places, metric__in=codes).order_by().values_list(*of)
    ):
        key = place, Period(round_key, year), code
        found[key] = Number(found.get(key, Number()).rows, value)
    return found


def _any_of(periods: Collection[Period], prefix: str = "") -> Q:
    found = Q(pk__in=[])
    for period in periods:
        found |= Q(**{f"{prefix}round_key": period.round_key, f"{prefix}year": period.year})
    return found


_NUMBERS = ("typed", "covered", "branches", "low", "high")
_ROUGH = ~Q(approx=Approx.EXACT)


def _sums(metrics: Any) -> dict[str, Sum]:
    return {m.column: Sum(m.column) for m in metrics}


def _typed(
    user: Any, period: Period, wanted: dict[str, Metric], inside: Q, *by: str, place: Any = None
) -> Iterable[Any]:
    """The standing totals of this stage as (*by, *_NUMBERS), those without a place left out where one is asked for;
    累计 is another span and never added to it. Two queries, one where nobody typed any."""
    in_period = {"summary__round_key": period.round_key, "summary__year": period.year}
    rows = asked(TypedTotal).visible_to(user).counted().filter(inside, **in_period, metric__in=list(wanted)).order_by()
    if place is not None:
        rows = rows.annotate(place=place).filter(place__isnull=False)
    told = rows.values_list("metric").distinct()  # few: each is a condition more to read its column by
    columns = [When(metric=code, then=F(f"summary__{wanted[code].column}")) for (code,) in told]
    if not columns:
        return ()
    in_rows = Case(*columns, output_field=IntegerField())
    least, most = Min("approx", filter=_ROUGH), Max("approx", filter=_ROUGH)
    sums = {"typed": Sum("value"), "covered": Sum(in_rows), "branches": Count("pk"), "low": least, "high": most}
    return rows.values(*by).annotate(**sums).values_list(*by, *_NUMBERS)
