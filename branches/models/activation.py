"""Activation slips (开通条): a member without password gets a piece of paper from the branch, not a mail (F14)."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models.members import Member, Relation
from branches.models.organisations import Organisation
from branches.rights import Right
from branches.scope import OrganisationScoped
from shell.asked import asked


class ActivationQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own; those of the branches whose slips the user gives."""
        giving = self.of_office(user, Right.GIVE_SLIPS) | self.of_oversight(user, Right.GIVE_SLIPS)
        return self.filter(self.of_own(user, "member") | giving)

    def for_password_of(self, user: Any) -> Self:
        """Slips for a new password of this account, the newest first: nobody can remove them from its page."""
        return self.visible_to(user).filter(member=user.member_id, renews=True).order_by("-pk")

    def fresh(self, at: datetime) -> Self:
        """Given as long ago as a slip is good, or used since then: told at every sign-in."""
        begin = at - timedelta(days=settings.ACTIVATION_DAYS)
        return self.filter(Q(issued_at__gt=begin) | Q(used_at__gt=begin))

    def open(self, at: datetime) -> Self:
        """Neither used nor replaced by another nor past their last moment."""
        return self.filter(used_at=None, voided_at=None, expires_at__gt=at)


class Activation(models.Model):
    """One slip: the login name it opens and the keyed hash of its code. It serves once, for some days, and the next
    slip for the same member voids it. With `renews` it gives an account a new password."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="activations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activations")
    username = models.CharField(_("Login name"), max_length=40)
    digest = models.CharField(max_length=64, editable=False)
    renews = models.BooleanField(default=False)
    giver_name = models.CharField(max_length=40)
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = ActivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("activation slip")
        constraints = [
            models.CheckConstraint(condition=Q(used_at=None) | Q(voided_at=None), name="activation_used_or_void"),
            models.CheckConstraint(condition=Q(username=Lower("username")), name="activation_username_in_lower_case"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(used_at=None, voided_at=None), name="activation_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["username"], condition=Q(used_at=None, voided_at=None), name="activation_username_once"
            ),
        ]

    def __str__(self) -> str:
        return _("activation slip") + f" · {self.member}"


def members_for_slips(user: Any) -> Any:
    """The register of today where `user` gives slips; each row with `username` and `is_open` of the member's account
    (None without one), `last_login`, and `slip_until`, the last moment of an open slip."""
    rows = asked(Relation).visible_to(user)
    rows = rows.filter(rows.of_office(user, Right.GIVE_SLIPS) | rows.of_oversight(user, Right.GIVE_SLIPS))
    slips = asked(Activation).visible_to(user).open(timezone.now()).filter(member=OuterRef("member_id"))
    return (
        rows.register(on=user.reach.day)
        .select_related("organisation")
        .annotate(
            username=F("member__user__username"),
            is_open=F("member__user__is_active"),
            last_login=F("member__user__last_login"),
            slip_until=Subquery(slips.values("expires_at")[:1]),
        )
    )
