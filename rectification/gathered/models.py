"""A common problem of the branches below a superior; which problems it gathers stands on these."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.scope import OrganisationScoped
from rectification.gathered.states import COMMON_MOVES, CommonState
from workflow.moving import Moving


class CommonProblemQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of organisations one oversees, and those that gather a problem one sees: its branch learns what is
        asked of all."""
        from rectification.problems.models import Problem

        mine = self.rows_of(Problem).visible_to(user).filter(common=OuterRef("pk"))
        return self.filter(self.of_oversight(user) | Exists(mine))

    def open(self) -> Self:
        return self.filter(state=CommonState.OPEN)


class CommonProblem(Moving):
    """What several branches have in common, in the words of their superior, and what he asks of them. Nobody is named
    in it: each branch reads its words."""

    State, MOVES, NOUN = CommonState, COMMON_MOVES, "common"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Organisation"))
    round = models.ForeignKey(
        "appraisals.Round", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Round")
    )
    text = models.TextField(_("Common problem"), max_length=500)
    asks = models.TextField(_("What is asked of the branches"), max_length=1000, blank=True)
    due_on = models.DateField(_("To be put right by"), null=True, blank=True)
    found_on = models.DateField(_("Found on"), default=timezone.localdate, editable=False)

    objects = CommonProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("common problem")
        indexes = [models.Index(fields=["organisation", "state"], name="common_by_organisation")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"
