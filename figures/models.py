"""Numbers kept beside their rows: one summary row per branch and period, and totals that were typed."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.scope import OrganisationScoped
from figures.registry import SLOTS, Metric, Period, named
from figures.states import MOVES, STANDING, State
from figures.units import Approx, Source, Span, told
from workflow.constraints import one_of
from workflow.moving import Moving


class SummaryQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of the branches one serves, and of all below an overseen organisation."""
        return self.filter(self.of_office(user) | self.of_oversight(user))

    def of(self, period: Period) -> Self:
        return self.filter(round_key=period.round_key, year=period.year)


class Summary(models.Model):
    """The numbers of one branch in one round or year, a column each (`Metric.slot`), kept by `actions.recount`.

    Added up over a range of the tree: a country reads these rows, never the facts behind them. `round_key` is a plain
    number: the room of rounds stands above this one.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="summaries")
    round_key = models.PositiveBigIntegerField(default=0)
    year = models.PositiveSmallIntegerField(default=0)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round_key", "year", "organisation"], name="summary_once_per_period"),
            models.CheckConstraint(condition=Q(round_key=0) ^ Q(year=0), name="summary_round_or_year"),
        ]

    @property
    def period(self) -> Period:
        return Period(self.round_key, self.year)


for _slot in range(1, SLOTS + 1):
    Summary.add_to_class(f"n{_slot:02}", models.IntegerField(default=0))


class TypedTotalQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of the branches one serves, and of all below an overseen organisation."""
        return self.filter(self.of_office(user) | self.of_oversight(user))

    def standing(self) -> Self:
        """Neither replaced nor void."""
        return self.filter(state__in=STANDING)

    def counted(self) -> Self:
        """What stands beside rows in figures: of this stage, for 累计 is never added to it."""
        return self.standing().filter(span=Span.STAGE)

    def reported(self, code: str, period: Period) -> Self:
        """What stands of one figure in a period: of this stage, and to date."""
        return self.standing().filter(metric=code, summary__round_key=period.round_key, summary__year=period.year)

    def to_confirm(self, user: Any) -> Self:
        """Typed for a branch this person leads, and not yet confirmed by it."""
        return self.filter(self.of_office(user, "lead"), state=State.TYPED)


class TypedTotal(Moving):
    """汇总数: one number for a whole branch, told by paper or telephone, where nobody types its rows (F1).

    It stands beside the rows and never among them: tables show both and the difference.
    """

    State, MOVES, NOUN = State, MOVES, "total"

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="totals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="totals")
    metric = models.CharField(_("Figure"), max_length=40)
    value = models.PositiveIntegerField(_("Total"))
    approx = models.CharField(_("Exactness"), max_length=10, choices=Approx, default=Approx.EXACT)
    span = models.CharField(_("Covers"), max_length=10, choices=Span, default=Span.STAGE)
    source = models.CharField(_("Source"), max_length=10, choices=Source, default=Source.PAPER)
    as_of = models.DateField(_("As of"))
    note = models.CharField(_("Note"), max_length=200, blank=True)
    is_for_branch = models.BooleanField(default=False, editable=False)  # typed by a superior as 代录人
    typed_at = models.DateTimeField(_("Typed"), auto_now_add=True)

    objects = TypedTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("typed total")
        indexes = [models.Index(fields=["organisation", "-typed_at"], name="total_by_organisation")]
        constraints = [
            one_of("typedtotal", "approx", Approx),
            one_of("typedtotal", "span", Span),
            one_of("typedtotal", "source", Source),
            models.UniqueConstraint(
                fields=["summary", "metric", "span"], condition=Q(state__in=STANDING), name="typedtotal_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure.label}：{self.told}"

    @property
    def figure(self) -> Metric:
        return named(self.metric)

    @property
    def number(self) -> str:
        """The number as it was reported."""
        return told(self.value, self.approx)

    @property
    def told(self) -> str:
        """The same with its unit."""
        return f"{self.number}{self.figure.unit.label}"
