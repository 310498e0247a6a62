"""催办: somebody was asked to get his branch on, by a notice or by telephone."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from appraisals.rounds.states import AT_WORK
from appraisals.states import RoundState
from branches.models import Member, Organisation, User
from branches.scope import OrganisationScoped

LONGEST = 150


class UrgingQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own; those of branches one serves, and of all one oversees."""
        return self.reached(self.of_oversight(user), self.of_office(user), self.of_own(user, "recipient"))

    def live(self) -> Self:
        """Those to be told by a notice, while the branch is still at work in that stage."""
        return self.filter(by_phone=False, step__state__in=AT_WORK, step__round__state=RoundState.OPEN)

    def since(self, day: date) -> Self:
        return self.filter(urged_on__gte=day)


class Urging(models.Model):
    """One person once a day for one stage of a branch. `by_phone`: told already, so that nobody urges him again."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="urgings")
    step = models.ForeignKey("appraisals.Progress", models.CASCADE, related_name="urgings")
    recipient = models.ForeignKey(Member, models.PROTECT, related_name="urgings", verbose_name=_("Recipient"))
    text = models.CharField(_("What they are told"), max_length=LONGEST)
    due_on = models.DateField(_("Due on"))
    urged_on = models.DateField(_("Urged on"))
    by_phone = models.BooleanField(_("Told by telephone"), default=False)
    sender = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Urged by"))

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = _("urging")
        constraints = [
            models.UniqueConstraint(fields=["step", "recipient", "urged_on"], name="urging_once_a_day"),
        ]
        indexes = [models.Index(fields=["organisation", "-urged_on"], name="urging_by_branch")]

    def __str__(self) -> str:
        return f"{self.urged_on}"
