"""When the committee of a branch was elected: the term counts from that day, whoever has come to it since."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Organisation
from branches.scope import OrganisationScoped


class ElectionQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """The elections of the organisations one sees."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class Election(models.Model):
    """换届选举: one day on which a branch elected its committee, or its secretary where it has none."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="elections")
    held_on = models.DateField(_("Day of the election"))

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("election")
        ordering = ["-held_on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "held_on"], name="election_once_a_day")]

    def __str__(self) -> str:
        return str(self.held_on)
