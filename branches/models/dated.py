"""Facts that hold from one day to another (I12): relations, posts, standings, grants."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from workflow.constraints import PlainCheck

DAY = timedelta(days=1)


def holds(on: date, prefix: str = "") -> Q:
    """The condition that a dated fact holds on that day; both its days count. `prefix` reaches it from elsewhere."""
    return Q(**{f"{prefix}since__lte": on}) & (Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": on}))


def still(last_day: date) -> Q:
    """The condition that a dated fact holds on the day after `last_day` or on one later still."""
    return Q(until=None) | Q(until__gt=last_day)


def has(facts: "models.QuerySet[Any]", on: date, **joined: str) -> Exists:
    """EXISTS one of `facts` holding on that day, joined to the outer row by `column=outer_column`."""
    return Exists(facts.filter(holds(on), **{column: OuterRef(outer) for column, outer in joined.items()}))


class OnDay:
    """What a queryset of dated facts can be asked."""

    def on(self: Any, day: date) -> Any:
        """The facts that hold on that day."""
        return self.filter(holds(day))


class DatedQuerySet(OnDay, models.QuerySet[Any]):
    """Dated facts that hang on a member."""


class Dated(models.Model):
    """`since` is the first day it holds, `until` the last; no `until` means it still does."""

    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        abstract = True


class InOrder(PlainCheck):
    """A fact does not end before it begins."""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        if instance.since and instance.until and instance.until < instance.since:
            raise ValidationError(_("The last day must not lie before the first day."))


def in_order(name: str) -> models.CheckConstraint:
    """The constraint that a fact does not end before it begins."""
    return InOrder(condition=Q(until=None) | Q(until__gte=F("since")), name=f"{name}_dates_in_order")
