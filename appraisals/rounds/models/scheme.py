"""组织领导 and 实施方案: who leads a round, and its steps with time, content, people and place."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.scope import OrganisationScoped
from workflow.constraints import one_of


class OfScheme(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """In rounds one sees: what their organisation has laid down, and what one's own branches and those one oversees
        have made of it."""
        rounds = apps.get_model("appraisals", "Round").objects.visible_to(user)
        near = self.of_home(user) | self.of_office(user) | self.of_oversight(user)
        return self.filter(Q(organisation=F("round__organisation")) | near, round__in=rounds)


class PartOfScheme(models.Model):
    """One line of an organisation's plan for a round; all lines are written together (actions.scheme)."""

    round = models.ForeignKey("appraisals.Round", models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    objects = OfScheme.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation", "position"], name="%(class)s_position_once")
        ]


class Role(models.TextChoices):
    HEAD = "head", _("Head of the leading group")
    DEPUTY = "deputy", _("Deputy head")
    MEMBER = "member", _("Member of the leading group")
    OFFICE = "office", _("Office of the leading group")


class LeadingPost(PartOfScheme):
    """领导小组: one person, with the part that falls to him. A name, no member: leaders stand in other registers."""

    role = models.CharField(_("Role"), max_length=10, choices=Role)
    name = models.CharField(_("Name"), max_length=40)
    duty = models.CharField(_("Duty"), max_length=200, blank=True)

    class Meta(PartOfScheme.Meta):
        verbose_name = _("post of the leading group")
        constraints = [*PartOfScheme.Meta.constraints, one_of("leadingpost", "role", Role)]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name}"


class SchemeStep(PartOfScheme):
    """One step of the implementation plan; its time in words, for notices write “5月中旬”."""

    name = models.CharField(_("Step"), max_length=60)
    time = models.CharField(_("Time"), max_length=60, blank=True)
    what = models.CharField(_("Content"), max_length=500, blank=True)
    people = models.CharField(_("People"), max_length=120, blank=True)
    place = models.CharField(_("Where"), max_length=120, blank=True)

    class Meta(PartOfScheme.Meta):
        verbose_name = _("step of the implementation plan")

    def __str__(self) -> str:
        return self.name
