"""The words of a material: what is being written, and what was handed in."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.materials.models.materials import Material
from appraisals.materials.states import MaterialState
from branches.models import User
from branches.rights import Right
from branches.scope import OrganisationScoped
from workflow.constraints import one_of


class DraftQuerySet(OrganisationScoped):
    path_lookup = "material__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Nobody's but the author's (I9); what the committee writes is that of its members."""
        committee = Q(material__author=None) & self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        return self.filter(self.of_own(user, "material__author") | committee)


class Draft(models.Model):
    """What is being written: `sections` maps an aspect's key to its text. Nobody but its writers ever reads it."""

    material = models.OneToOneField(Material, models.CASCADE, primary_key=True, related_name="draft")
    sections = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()


class VersionQuerySet(OrganisationScoped):
    path_lookup = "material__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """The author's own, or the committee's; for the branch secretary; above, those of the secretary, of the
        committee's members and of the committee (F3).

        What its author has taken back is nobody else's to read until it is handed in anew; what was sent back is dark
        for superiors as well, who read what stands. A helper reads what he has entered himself, and no more.
        """
        committee = Q(material__author=None) & self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        mine = self.of_own(user, "material__author") | committee
        above = self.of_oversight(user) & Q(material__is_read_above=True) & ~Q(material__state=MaterialState.RETURNED)
        others = (self.of_office(user, Right.LEAD) | above) & ~Q(material__state=MaterialState.DRAFT)
        entered = self.of_office(user, Right.KEEP_REGISTER) & Q(entered_by=user.pk)
        return self.filter(mine | others | entered)


class Source(models.TextChoices):
    TYPED = "typed", _("Typed by its author")
    PAPER = "paper", _("On paper")
    SPOKEN = "spoken", _("By word of mouth")


class Confirmation(models.TextChoices):
    SCREEN = "screen", _("On screen")
    PRINT = "print", _("By a signed print")


class Version(models.Model):
    """What was handed in: `sections` is a list of [title, text]. Never changed.

    `entered_by` is the helper who typed what its author wrote on paper or said (代录); the author confirms it.
    """

    material = models.ForeignKey(Material, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sections = models.JSONField()
    submitted_at = models.DateTimeField(_("Submitted"), auto_now_add=True)
    source = models.CharField(_("Source"), max_length=10, choices=Source, default=Source.TYPED)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(_("Confirmed on"), null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, choices=Confirmation, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="version_number_once"),
            one_of("version", "source", Source),
            one_of("version", "confirmed_how", Confirmation, empty=True),
            models.CheckConstraint(
                condition=Q(source="typed") ^ Q(entered_by__isnull=False), name="version_entered_unless_typed"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_how="") ^ Q(confirmed_on__isnull=False), name="version_confirmed_somehow"
            ),
        ]

    @property
    def awaits_confirmation(self) -> bool:
        """True for an entry of a helper that its author has not yet confirmed."""
        return self.entered_by_id is not None and self.confirmed_on is None
