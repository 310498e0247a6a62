"""Numbers added up over a part of the tree: from rows and from typed totals, each apart, and the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When

from branches.tree import under
from figures.models import Summary, TypedTotal
from figures.registry import Metric, Period
from figures.units import Approx, Span


@dataclass(slots=True)
class Line:
    """One metric over some branches. rows: counted from rows everywhere; typed: the totals typed; covered: what those
    branches have in rows as well; branches: how many typed a total; is_exact: none of them is an approximation."""

    metric: Metric
    rows: int = 0
    typed: int = 0
    covered: int = 0
    branches: int = 0
    is_exact: bool = True

    @property
    def total(self) -> int:
        """Rows, and in place of the rows of a branch the total that it has typed: nobody is counted twice (F1)."""
        return self.rows - self.covered + self.typed

    @property
    def difference(self) -> int | None:
        """What the typed totals say beyond the rows of the same branches (差额); None where nobody typed one."""
        return self.typed - self.covered if self.branches else None

    def add(self, typed: int, covered: int, branches: int, rough: int) -> None:
        """Take up the totals of some branches."""
        self.typed, self.covered, self.branches = self.typed + typed, self.covered + covered, self.branches + branches
        self.is_exact = self.is_exact and not rough


def lines(user: Any, path: str, period: Period, metrics: Sequence[Metric]) -> list[Line]:
    """One line a metric over the organisation at `path` and all below it, as far as `user` sees them. Two queries."""
    wanted = {m.code: m for m in metrics if m.belongs_to(period)}
    if not wanted:
        return []
    inside = under(path, "organisation__path")
    sums = Summary.objects.visible_to(user).filter(inside).of(period).aggregate(**_sums(wanted.values()))
    found = {code: Line(m, rows=sums[m.column] or 0) for code, m in wanted.items()}
    for code, *numbers in _typed(user, period, wanted).filter(inside).values_list("metric", *_NUMBERS):
        found[code].add(*numbers)
    return list(found.values())


def by_child(user: Any, paths: Sequence[str], period: Period, metric: Metric) -> dict[str, Line]:
    """The line of one metric for each of `paths`, itself and below; none of them lies below another. Two queries."""
    found = {path: Line(metric) for path in paths}
    if not paths or not metric.belongs_to(period):
        return found
    lowest: Any = Case(*(When(under(path, "organisation__path"), then=Value(path)) for path in paths))
    rows = Summary.objects.visible_to(user).of(period).annotate(place=lowest).filter(place__isnull=False)
    for path, number in rows.order_by().values_list("place").annotate(n=Sum(metric.column)):
        found[path].rows = number
    totals = _typed(user, period, {metric.code: metric}, "place", place=lowest).filter(place__isnull=False)
    for path, *numbers in totals.values_list("place", *_NUMBERS):
        found[path].add(*numbers)
    return found


_NUMBERS = ("typed", "covered", "branches", "rough")


def _sums(metrics: Any) -> dict[str, Sum]:
    return {m.column: Sum(m.column) for m in metrics}


def _typed(user: Any, period: Period, wanted: dict[str, Metric], by: str = "metric", **more: Any) -> Any:
    """The standing totals of this stage in sums by `by`; 累计 is another span and never added to it."""
    in_rows = Case(
        *(When(metric=code, then=F(f"summary__{m.column}")) for code, m in wanted.items()),
        output_field=IntegerField(),
    )  # fmt: skip
    rows = (
        TypedTotal.objects.visible_to(user)
        .standing()
        .filter(
            summary__round_key=period.round_key, summary__year=period.year, span=Span.STAGE, metric__in=list(wanted)
        )
    )
    return (
        rows.order_by()
        .annotate(**more)
        .values(by)
        .annotate(
            typed=Sum("value"),
            covered=Sum(in_rows),
            branches=Count("pk"),
            rough=Count("pk", filter=~Q(approx=Approx.EXACT)),
        )
    )
