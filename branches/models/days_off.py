"""Days on which the week does not hold: free weekdays, worked Saturdays and Sundays, as a superior lays them down."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Organisation
from branches.scope import OrganisationScoped
from workflow.constraints import one_of

NAME = 40  # characters


class DayKind(models.TextChoices):
    FREE = "free", _("Day off")
    WORKED = "worked", _("Worked in exchange")


class DayOffQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """What was laid down for one's own organisations, and in those one oversees."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)


class DayOff(models.Model):
    """One day as one organisation sets it for itself and all below; of several the nearest superior's counts.

    A row is never changed, only taken back: another setting is a new row.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="days_off")
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Kind"), max_length=10, choices=DayKind)
    name = models.CharField(_("Name of the day"), max_length=NAME, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("day off")
        constraints = [
            one_of("dayoff", "kind", DayKind),
            models.UniqueConstraint(
                fields=["organisation", "day"], condition=Q(withdrawn_at=None), name="dayoff_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name or self.get_kind_display()}"
