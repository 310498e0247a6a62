"""That a branch need not hold a form of meeting for a time: laid down by its superior, with a reason."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.models.dated import Dated, OnDay, in_order
from branches.scope import OrganisationScoped
from meetings.frequency.states import MOVES, ExemptionState
from meetings.kinds import Form
from workflow.constraints import one_of
from workflow.moving import Moving


class FormExemptionQuerySet(OnDay, OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of the branches one serves by office, and of those one oversees."""
        return self.filter(self.of_office(user) | self.of_oversight(user))

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(state=ExemptionState.IN_FORCE)


class FormExemption(Moving, Dated):
    """One form, one branch, from one day to another."""

    State, MOVES, NOUN = ExemptionState, MOVES, "form_exemption"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="form_exemptions", verbose_name=_("Organisation")
    )
    form = models.CharField(_("Form"), max_length=30, choices=Form)
    reason = models.CharField(_("Reason"), max_length=200)

    objects = FormExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption from a form of meeting")
        ordering = ["organisation_id", "since", "pk"]
        constraints = [one_of("formexemption", "form", Form), in_order("formexemption")]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.since}"
