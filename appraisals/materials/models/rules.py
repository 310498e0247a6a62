"""What a round asks of its materials: who owes which kind, who reads, and reasons for a return of its own."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from appraisals.materials.kinds import GREAT_AGE, SHIPPED, Chain, MaterialKind, Whom
from branches.scope import OrganisationScoped
from workflow.constraints import one_of


class MaterialRulesQuerySet(OrganisationScoped):
    path_lookup = "round__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """As the round: whoever belongs below it may know what it asks."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))


class MaterialRules(models.Model):
    """`owed` maps each `Whom` to a kind, "" for nothing; a round without a row asks what SHIPPED says."""

    round = models.OneToOneField("appraisals.Round", models.CASCADE, primary_key=True, related_name="material_rules")
    owed = models.JSONField(default=dict)
    great_age = models.PositiveSmallIntegerField(
        _("Great age from"), default=GREAT_AGE, validators=[MinValueValidator(60), MaxValueValidator(100)]
    )
    chain = models.CharField(_("Readers"), max_length=10, choices=Chain, default=Chain.ONE)
    own_reasons = models.TextField(_("Further reasons for a return"), blank=True)

    objects = MaterialRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules for materials")
        constraints = [one_of("materialrules", "chain", Chain)]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def reasons(self) -> list[str]:
        """The reasons this round adds to ours."""
        return [line for line in self.own_reasons.splitlines() if line]

    def kind_for(self, whom: str) -> str:
        """What this class of people owes; "" for nothing."""
        return self.owed.get(whom, SHIPPED[whom]) or ""

    def lines(self) -> list[tuple[str, str]]:
        """(who, what) in words, for the page of the round."""
        return [(str(whom.label), self._words(whom)) for whom in Whom]

    def _words(self, whom: str) -> str:
        kind = self.kind_for(whom)
        return str(MaterialKind(kind).label if kind else _("Nothing"))
