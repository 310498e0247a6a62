"""What a superior lays down otherwise than a rule is shipped, for one year."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Organisation
from branches.rules.table import Severity
from branches.scope import OrganisationScoped
from workflow.constraints import one_of


class RuleOverrideQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """What was laid down for one's own organisations, and in those one oversees."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)


class RuleOverride(models.Model):
    """A rule as one organisation sets it for itself and all below, in one year; the nearest superior's counts.

    A row is never changed, only taken back: a new setting is a new row.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rule_overrides")
    year = models.PositiveSmallIntegerField(_("Year"))
    code = models.CharField(_("Rule"), max_length=20)
    severity = models.CharField(_("Severity"), max_length=10, choices=Severity)
    parameters = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("Reason"), max_length=200)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = RuleOverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule set otherwise")
        constraints = [
            one_of("ruleoverride", "severity", Severity),
            models.UniqueConstraint(
                fields=["organisation", "year", "code"], condition=Q(withdrawn_at=None), name="ruleoverride_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.year} · {self.organisation}"
