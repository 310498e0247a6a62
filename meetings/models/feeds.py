"""Calendar feeds: off until a branch switches them on; then an address of one's own for whoever wants one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.scope import OrganisationScoped
from workflow.scope import ScopedQuerySet


class FeedSwitchQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the branch sees whether it has switched feeds on."""
        return self.filter(organisation__in=self.rows_of(Organisation).visible_to(user).values("pk"))


class FeedSwitch(models.Model):
    """A branch whose members may have calendar addresses; no row, no addresses."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="feed_switch")
    switched_at = models.DateTimeField(auto_now_add=True)

    objects = FeedSwitchQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.organisation)


class CalendarFeedQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(user=user.pk)

    def live(self) -> Self:
        """Not ended, and its branch has feeds switched on."""
        return self.filter(ended_at=None, organisation__feed_switch__isnull=False)


class CalendarFeed(models.Model):
    """One person's address for the meetings of one branch: kept is the keyed hash of its secret part (codes.digest)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feeds")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="calendarfeed_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return _("calendar address") + f" · {self.user}"
