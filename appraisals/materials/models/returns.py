"""Why a version was returned, by code, so that it can be counted (F30)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from appraisals.materials.models.materials import ABOVE, Material
from appraisals.materials.reasons import Reason
from appraisals.materials.states import MaterialState
from branches.rights import Right
from branches.scope import OrganisationScoped
from workflow.constraints import one_of


class RemarkQuerySet(OrganisationScoped):
    """What a reviewer said about a material: for its writers and its reviewers only, and for these while they may read
    the words it speaks of."""

    path_lookup = "material__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """The author's own, or the committee's; the branch secretary's members'; above, those one reviews."""
        committee = Q(material__author=None) & self.of_office(user, Right.WRITE_FOR_COMMITTEE)
        mine = self.of_own(user, "material__author") | committee
        branch = self.of_office(user, Right.LEAD) & Q(material__is_chief=False)
        above = self.of_oversight(user, Right.ACCEPT) & Q(material__reviewer__in=ABOVE)
        readable = ~Q(material__state=MaterialState.DRAFT)
        others = branch | above & ~Q(material__state=MaterialState.RETURNED)
        return self.filter(mine | others & readable)


class ReturnReason(models.Model):
    """One reason why a version was returned; `words` only for a reason that its round added."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="return_reasons")
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20, choices=Reason)
    words = models.CharField(max_length=40, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            one_of("returnreason", "code", Reason),
            models.CheckConstraint(condition=Q(code=Reason.OWN) ^ Q(words=""), name="returnreason_words_of_own"),
            models.UniqueConstraint(fields=["material", "version", "code", "words"], name="returnreason_once"),
        ]

    def __str__(self) -> str:
        return self.words or str(Reason(self.code).label)
