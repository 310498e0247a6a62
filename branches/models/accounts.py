"""Accounts and what was granted to them. An account is not a member: most members need none (F14)."""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from branches.models.dated import Dated, OnDay, has, in_order
from branches.models.members import Member, Relation
from branches.models.organisations import Group, Organisation
from branches.reach import Reach
from branches.rights import AdminRole, Office, Right
from branches.scope import OrganisationScoped
from workflow.constraints import one_of
from workflow.scope import ScopedQuerySet


class UserQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Every account for the security administrator, one's own for everybody else."""
        return self if user.may(Right.MANAGE_ACCOUNTS, None) else self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in with it yet."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. An administrator's account belongs to no member and can hold no grant (CHECK and trigger)."""

    username = models.CharField(_("Login name"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=40)
    email = models.EmailField(_("Mail address"), blank=True)
    member = models.OneToOneField(Member, models.PROTECT, null=True, blank=True, related_name="user")
    admin_role = models.CharField(_("Administrator"), max_length=20, choices=AdminRole, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        constraints = [
            one_of("user", "admin_role", AdminRole, empty=True),
            # Sign-in looks a name up in lower case, so that the unique index serves it.
            models.CheckConstraint(condition=Q(username=Lower("username")), name="user_username_in_lower_case"),
            models.CheckConstraint(condition=Q(admin_role="") | Q(member=None), name="user_admin_is_no_member"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_key(self) -> str:
        return f"user:{self.pk}"

    @property
    def actor_label(self) -> str:
        return self.name

    @cached_property
    def reach(self) -> Reach:
        """What this person may reach today; read once per request, because each request loads its own User."""
        return Reach.of(self, timezone.localdate())

    def may(self, right: str, subject: Any) -> bool:
        """True if this person holds `right` over `subject`; with None, anywhere at all."""
        return self.reach.may(right, subject)

    def require(self, right: str, subject: Any) -> None:
        """Raise PermissionDenied unless `may`."""
        if not self.may(right, subject):
            raise PermissionDenied

    def acting_as(self, subject: Any = None, rights: Iterable[str] = ()) -> str:
        """The offices in force over `subject` (over anything, with None), in words: “以…身份”.

        With `rights` the one office that gives them.
        """
        return self.reach.acting_as(subject, rights)


class GrantQuerySet(OnDay, OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """All for the security administrator; one's own; what one has delegated; those below an overseen place."""
        if user.may(Right.MANAGE_ACCOUNTS, None):
            return self
        return self.filter(Q(user=user.pk) | Q(delegated_by=user.pk) | self.of_oversight(user))

    def in_force(self, on: Any) -> Self:
        """Granted for that day and not revoked; a delegation only while its holder belongs to that branch."""
        belongs = has(
            Relation.objects.filter(kind="formal"), on, member_id="user__member_id", organisation_id="organisation_id"
        )
        return self.on(on).filter(Q(delegated_by=None) | belongs, revoked_at=None)


class Grant(Dated):
    """An office or an oversight given to an account at one organisation, for a time. Revoking ends it at once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("Account"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="grants", verbose_name=_("Organisation")
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("Group")
    )
    office = models.CharField(_("Office"), max_length=20, choices=Office)
    delegated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="delegations", verbose_name=_("Delegated by")
    )
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        indexes = [models.Index(fields=["user", "since"], name="grant_by_user")]
        constraints = [
            one_of("grant", "office", Office),
            in_order("grant"),
            models.CheckConstraint(
                condition=Q(office="group_leader") ^ Q(group=None), name="grant_group_only_of_group_leaders"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "office"],
                condition=Q(until=None, revoked_at=None, group=None),
                name="grant_once",
            ),
            models.CheckConstraint(
                condition=Q(delegated_by=None) | (Q(office="secretary") & Q(until__isnull=False)),
                name="grant_delegated_is_an_office_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(delegated_by=None) | ~Q(delegated_by=F("user")), name="grant_delegated_to_another"
            ),
            models.UniqueConstraint(
                fields=["user", "group"], condition=Q(until=None, revoked_at=None), name="grant_once_per_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_office_display()} · {self.organisation}"
