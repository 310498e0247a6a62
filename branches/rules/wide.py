"""Where a rule is applied: many organisations at once, in one query."""

from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Left, Length

from branches.models import RuleOverride
from branches.rules.table import Severity, find


def applied(code: str, rows: QuerySet[Any], year: int) -> QuerySet[Any]:
    """Of these organisations those where the rule holds in that year: where the nearest superior has not switched it
    off, or, of one that is shipped off, has switched it on. A national one is never off.

    Raises KeyError."""
    rule = find(code)
    if rule is None:
        raise KeyError(code)
    if rule.mildest() != Severity.OFF:
        return rows
    above = RuleOverride.objects.standing().filter(code=code, year=year)
    above = above.annotate(below=ExpressionWrapper(OuterRef("path"), CharField()))
    above = above.annotate(head=Left("below", Length("organisation__path"))).filter(head=F("organisation__path"))
    nearest = above.order_by("-organisation__path").values("severity")[:1]
    return rows.annotate(set_to=Coalesce(Subquery(nearest), Value(rule.severity.value))).exclude(set_to=Severity.OFF)
