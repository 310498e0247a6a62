"""Checklists that a superior lays down for all branches below."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.supervision.checklists import OWN, Checklist, Line
from branches.models import Organisation
from branches.models.dated import Dated, OnDay, in_order
from branches.scope import OrganisationScoped


class OwnChecklistQuerySet(OnDay, OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """What was laid down for one's own organisations, and in those one oversees."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))


class OwnChecklist(Dated):
    """A list with its name and its lines, one a line; another wording of the same name begins where this one ends."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="checklists")
    name = models.CharField(_("Name of the checklist"), max_length=40)
    wording = models.TextField(_("Lines"), max_length=3000)

    objects = OwnChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist")
        constraints = [
            in_order("ownchecklist"),
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(until=None), name="ownchecklist_one_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def checklist(self) -> Checklist:
        """As the page of a visit shows it."""
        lines = (Line(str(number), words) for number, words in enumerate(self.wording.splitlines(), 1))
        return Checklist(f"{OWN}{self.pk}", self.name, tuple(lines))
