"""What is left out of the numbers of a reader: rows that they count and that he may not open (registry.Reserve)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from figures.models import TypedTotal
from figures.registry import Metric, Period


@dataclass(frozen=True, slots=True)
class Reserved:
    """How much of one number of one branch is kept from somebody."""

    code: str
    organisation_id: int
    path: str
    period: Period
    number: int


def from_reader(user: Any, metrics: Iterable[Metric], periods: Collection[Period]) -> list[Reserved]:
    """What this person may not open: about himself or his own committee, so of few branches. A query a metric that has
    a reserve; none for whom nothing is about."""
    return _read(metrics, periods, lambda metric: metric.reserve.from_reader(user) if metric.reserve else None)


def from_some(metrics: Iterable[Metric], periods: Collection[Period], places: Collection[int]) -> list[Reserved]:
    """What somebody who reads the figures of these branches, by key, may not open. A query a metric with a reserve."""

    def rows(metric: Metric) -> Any:
        return metric.reserve.from_some().filter(**{f"{metric.organisation}__in": places}) if metric.reserve else None

    return _read(metrics, periods, rows)


def in_totals(user: Any, found: Collection[Reserved], period: Period) -> list[Reserved]:
    """Those of `found` beside whose rows a typed total stands. One query, none for nothing."""
    if not found:
        return []
    typed = TypedTotal.objects.visible_to(user).counted().filter(
        organisation__in={one.organisation_id for one in found}, metric__in={one.code for one in found},
        summary__round_key=period.round_key, summary__year=period.year,
    )  # fmt: skip
    places = set(typed.order_by().values_list("organisation_id", "metric"))
    return [one for one in found if (one.organisation_id, one.code) in places]


def _read(
    metrics: Iterable[Metric], periods: Collection[Period], rows_of: Callable[[Metric], Any]
) -> list[Reserved]:  # fmt: skip
    found = []
    for metric in metrics:
        asked = {(period.round_key or period.year): period for period in periods if metric.belongs_to(period)}
        rows = rows_of(metric) if asked else None
        if rows is not None:
            by = (metric.organisation, f"{metric.organisation}__path", metric.period)
            read = rows.filter(Q(**{f"{metric.period}__in": asked})).order_by().values_list(*by)
            for place, path, when, number in read.annotate(number=metric.counted):
                found.append(Reserved(metric.code, place, path, asked[when], number))
    return found
