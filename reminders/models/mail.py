"""Where a person wants to be reminded by mail, and each mail that is owed to him: a row before it is a message (I8)."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import User
from reminders.mail.states import MOVES, OPEN, State
from workflow.constraints import one_of
from workflow.moving import StateField
from workflow.scope import ScopedQuerySet

HOURS = range(6, 22)  # nobody is written to at night


class MailboxQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own: whoever else needs to reach a person telephones."""
        return self.filter(user=user.pk)

    def reached(self) -> Self:
        """Those a digest goes to: confirmed, wanted, of an open account; none where the site sends no mail."""
        rows = self.filter(daily=True, user__is_active=True).exclude(address="")
        return rows if settings.MAIL_SERVER else rows.none()


class Mailbox(models.Model):
    """A person's own choice. `address` is confirmed by a code mailed to it; until then it waits as `pending`."""

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="mailbox")
    address = models.EmailField(_("Mail address"), blank=True)
    daily = models.BooleanField(_("Daily reminder"), default=True)
    hour = models.PositiveSmallIntegerField(_("At"), default=8)
    pending = models.EmailField(blank=True)
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, editable=False)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        constraints = [
            models.CheckConstraint(condition=Q(hour__gte=HOURS[0], hour__lte=HOURS[-1]), name="mailbox_hour_of_the_day")
        ]

    def __str__(self) -> str:
        return _("mailbox") + f" · {self.user}"


class Kind(models.TextChoices):
    DIGEST = "digest", _("Daily reminder")
    CODE = "code", _("Code for a mail address")


class DeliveryQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(user=user.pk)

    def due(self, now: datetime) -> Self:
        """Waiting, and the moment of the next attempt has come; the oldest first."""
        return self.filter(state=State.WAITING, next_at__lte=now).order_by("pk")

    def abandoned(self, now: datetime) -> Self:
        """Being sent according to the row, while whoever sent it has not been heard of for a whole lease."""
        return self.filter(state=State.SENDING, lease_until__lt=now)

    def of_day(self, day: date) -> Self:
        return self.filter(kind=Kind.DIGEST, day=day)


class Delivery(models.Model):
    """One mail owed to one person. Its message id is fixed with the row: whatever is sent twice is known to be one."""

    State, MOVES = State, MOVES

    user = models.ForeignKey(User, models.PROTECT, related_name="deliveries", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    message_id = models.CharField(max_length=32, unique=True)
    state = StateField(_("State"))
    lease_key = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)  # how often whoever sent it died: each time it may have gone out
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        indexes = [
            models.Index(fields=["user", "-id"], name="delivery_by_user"),
            models.Index(fields=["next_at"], condition=Q(state__in=OPEN), name="delivery_by_open_state"),
        ]
        constraints = [
            one_of("delivery", "kind", Kind),
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(kind="digest"), name="delivery_one_digest_a_day"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(kind="code", state__in=OPEN), name="delivery_one_code_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | (~Q(lease_key="") & Q(lease_until__isnull=False)),
                name="delivery_sending_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.day}"
