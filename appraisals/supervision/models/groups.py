"""督导组: how the officer calls those who oversee together, and which branches are theirs. It gives no right: its
people oversee by their grants."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.scope import OrganisationScoped


class SupervisionGroupQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Those of one's own superiors, and of the organisations one oversees."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))


class SupervisionGroup(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supervision_groups")
    name = models.CharField(_("Supervision group"), max_length=40)
    leader = models.CharField(_("Head of the supervision group"), max_length=40)
    people = models.CharField(_("People of the group"), max_length=200, blank=True)

    objects = SupervisionGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision group")
        ordering = ["organisation__path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="supervisiongroup_one_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupBranchQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Of the branches one serves and of those one oversees."""
        return self.reached(self.of_oversight(user), self.of_office(user))


class GroupBranch(models.Model):
    """A branch is overseen by one group at a time."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="overseen_by")
    group = models.ForeignKey(SupervisionGroup, models.CASCADE, related_name="assigned")

    objects = GroupBranchQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.organisation_id)
