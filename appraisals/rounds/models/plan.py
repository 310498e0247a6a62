"""What a superior lays down in a round: stages, what each requires, and the numbered revisions of both."""

from typing import Any, Self

from django.apps import apps
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.rounds.states import Gate
from branches.rules.table import Severity
from figures.registry import Metric, Period, named
from workflow.constraints import one_of
from workflow.scope import ScopedQuerySet


class OfRound(ScopedQuerySet):
    """Parts of the plan of a round: seen by whoever sees the round."""

    lookup = "round"

    def visible_to(self, user: Any) -> Self:
        rounds = self.rows_of(apps.get_model("appraisals", "Round")).visible_to(user)
        return self.filter(**{f"{self.lookup}__in": rounds})


class Stage(models.Model):
    """阶段: one part of a round, with its days, what is to be done in it, and how a branch leaves it."""

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Stage"), max_length=60)
    starts_on = models.DateField(_("Begins on"))
    ends_on = models.DateField(_("Ends on"))
    gate = models.CharField(_("Passing"), max_length=10, choices=Gate, default=Gate.REPORT)
    work = models.TextField(_("What is to be done"), max_length=2000, blank=True)

    objects = OfRound.as_manager()

    class Meta:
        verbose_name = _("stage")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="stage_position_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stage_ends_after_it_begins"),
            one_of("stage", "gate", Gate),
        ]

    def __str__(self) -> str:
        return self.name


class Operator(models.TextChoices):
    """How a figure is compared: with a number, or with a share of another figure of the same branch."""

    AT_LEAST = "at_least", _("at least")
    SHARE = "share", _("at least this share (%) of")


class RequirementQuerySet(OfRound):
    lookup = "stage__round"

    def in_force(self, round_: Any) -> Self:
        """Those of a round that the last revision asks for."""
        return self.filter(stage__round=round_, dropped_in=0)


class Requirement(models.Model):
    """规定要求: what a figure of the branch must reach before it leaves the stage.

    It holds for a branch whose plan is of a revision from `added_in` on and before `dropped_in` (0: still in force), so
    that a later revision never changes what a branch has passed under (users.md F7).
    """

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="requirements", verbose_name=_("Stage"))
    position = models.PositiveSmallIntegerField(default=0)
    metric = models.CharField(_("Figure"), max_length=40)
    operator = models.CharField(_("Compared"), max_length=10, choices=Operator, default=Operator.AT_LEAST)
    value = models.PositiveIntegerField(_("Number or %"), validators=[MinValueValidator(1)])
    base = models.CharField(_("Of which figure"), max_length=40, blank=True)
    severity = models.CharField(_("Where it is not met"), max_length=10, choices=Severity, default=Severity.WARN)
    clause = models.CharField(_("Source"), max_length=120, blank=True)
    added_in = models.PositiveSmallIntegerField(default=1, editable=False)
    dropped_in = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        ordering = ["stage", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(operator="share", value__lte=100) & ~Q(base="") | Q(operator="at_least", base=""),
                name="requirement_share_of_a_figure",
            ),
            models.CheckConstraint(
                condition=Q(dropped_in=0) | Q(dropped_in__gt=F("added_in")),
                name="requirement_dropped_after_it_was_added",
            ),
            one_of("requirement", "operator", Operator),
            one_of("requirement", "severity", Severity),
        ]

    def __str__(self) -> str:
        told = {"what": self.figure.label, "value": self.value, "unit": self.unit}
        if not self.base:
            return gettext("%(what)s: at least %(value)d %(unit)s") % told
        return gettext("%(what)s: at least %(value)d%% of “%(base)s”") % {**told, "base": named(self.base).label}

    @property
    def figure(self) -> Metric:
        return named(self.metric)

    @property
    def unit(self) -> str:
        return str(self.figure.unit.label)

    @property
    def metrics(self) -> list[Metric]:
        """The figures it compares: its own, and the one of which it is a share."""
        return [named(code) for code in (self.metric, self.base) if code]

    def period_of(self, metric: Metric, round_key: int, year: int) -> Period:
        """Over what a figure is counted for a branch in this round: the round, or the appraisal year."""
        return Period(round_key=round_key) if metric.round else Period(year=year)

    def needs(self, base: int) -> int:
        """The number that meets it, where the other figure stands at `base`; a share is rounded up."""
        return -(-base * self.value // 100) if self.operator == Operator.SHARE else self.value

    def holds_in(self, revision: int) -> bool:
        """True if it is part of the plan of that number."""
        return self.added_in <= revision and (not self.dropped_in or revision < self.dropped_in)


class Applies(models.TextChoices):
    """For whom a revision of the plan holds (users.md F7)."""

    NEXT = "next", _("From the next stage on")
    UNPASSED = "unpassed", _("For branches that have not yet passed the stage")
    ALL = "all", _("For all: whoever has passed makes up for it")


class PlanRevision(models.Model):
    """A numbered change of the plan after the round was opened: what it changes, by which notice, for whom it holds."""

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="plan_revisions")
    number = models.PositiveSmallIntegerField(_("Revision"))
    applies = models.CharField(_("Holds"), max_length=10, choices=Applies)
    reference = models.CharField(_("Notice number"), max_length=60, blank=True)
    changes = models.TextField(_("What changes"), max_length=4000)
    made_on = models.DateField(_("Revised on"))

    objects = OfRound.as_manager()

    class Meta:
        verbose_name = _("plan revision")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="planrevision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=2), name="planrevision_after_the_first_plan"),
            one_of("planrevision", "applies", Applies),
        ]

    def __str__(self) -> str:
        return str(_("Revision %d") % self.number)
