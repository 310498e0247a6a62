"""What must hold over the numbers: each equals a plain count of its rows (I11)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from figures.models import Summary, TypedTotal
from figures.registry import Metric, registered
from workflow.checking import check


def _kind(metric: Metric) -> str:
    return "round_key" if metric.round else "year"


@check("figures.counted", _("Every number of a summary equals a count of its rows"))
def counted() -> Iterator[str]:
    for metric in registered():
        kind = _kind(metric)
        real = Coalesce(Subquery(metric.number(OuterRef("organisation_id"), OuterRef(kind))), 0)
        wrong = Summary.objects.exclude(**{kind: 0}).annotate(real=real).exclude(real=F(metric.column))
        yield from (f"figures.summary:{pk} {metric.code}" for pk in wrong.order_by("pk").values_list("pk", flat=True))


@check("figures.summarised", _("Every branch and period with rows has its summary"))
def summarised() -> Iterable[str]:
    for metric in registered():
        mine = {"organisation": OuterRef(metric.organisation), _kind(metric): OuterRef(metric.period)}
        rows = metric.rows().order_by().filter(**{f"{metric.period}__isnull": False})
        without = rows.filter(~Exists(Summary.objects.filter(**mine)))
        found: Any = without.values_list(metric.organisation, metric.period).distinct()
        yield from (f"{metric.code} branches.organisation:{place} {period}" for place, period in found)


@check("figures.known", _("Typed totals are of figures that exist"))
def known() -> QuerySet[TypedTotal]:
    return TypedTotal.objects.exclude(metric__in=[metric.code for metric in registered()])


@check("figures.of_branch", _("A typed total hangs on the summary of its own branch"))
def of_branch() -> QuerySet[TypedTotal]:
    return TypedTotal.objects.exclude(summary__organisation=F("organisation"))
