"""Work that outlives a request. The row is the truth; a message to a worker only wakes it up."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs import registry
from jobs.states import OPEN, State
from workflow.moving import StateField
from workflow.scope import ScopedQuerySet


class JobQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own jobs."""
        return self.filter(owner=user.pk)

    def downloadable(self, now: datetime) -> Self:
        """Finished, and the file still there."""
        return self.filter(state=State.DONE, expires_at__gt=now)

    def waiting(self, since: datetime) -> Self:
        """Queued before `since` and still without effect, oldest first."""
        return self.filter(state=State.QUEUED, created_at__lte=since).order_by("pk")

    def abandoned(self, now: datetime) -> Self:
        """Running according to the row, while the worker has not been heard of for a whole lease."""
        return self.filter(state=State.RUNNING, lease_until__lt=now)

    def outdated(self, now: datetime) -> Self:
        """Finished, and the time to fetch the file is over."""
        return self.filter(state=State.DONE, expires_at__lte=now)

    def with_files(self) -> Self:
        """Those whose files must stay on the disk."""
        return self.filter(state__in=[State.RUNNING, State.DONE])


class Job(models.Model):
    """One piece of work for one person. Whoever writes the lease key into a queued row runs it."""

    State = State

    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("Owner"))
    organisation_key = models.CharField(max_length=40, blank=True)
    state = StateField(_("Status"), max_length=10)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    lease_key = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(_("Reason"), blank=True)
    file_name = models.CharField(_("File"), max_length=200, blank=True)
    path = models.CharField(max_length=60, blank=True)
    rows = models.PositiveBigIntegerField(_("Rows"), null=True)
    created_at = models.DateTimeField(_("Submitted"), auto_now_add=True)
    started_at = models.DateTimeField(_("Started"), null=True)
    finished_at = models.DateTimeField(_("Ended"), null=True)
    expires_at = models.DateTimeField(_("Kept until"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background job")
        indexes = [
            models.Index(fields=["owner", "-id"], name="job_by_owner"),
            models.Index(
                fields=["state"], condition=Q(state__in=["queued", "running", "done"]), name="job_by_live_state"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING) | (~Q(lease_key="") & Q(lease_until__isnull=False)),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | (~Q(path="") & ~Q(file_name="") & Q(expires_at__isnull=False)),
                name="job_done_has_file",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        return reverse("job_detail", args=[self.pk])

    @property
    def label(self) -> Any:
        """The name of its kind in words; the bare code where the kind is no longer registered."""
        try:
            return registry.find(self.kind).label
        except registry.UnknownKind:
            return self.kind

    def require_fetch(self, user: Any) -> None:
        """Raise PermissionDenied where the user may no longer fetch the file, whatever held when it was made."""
        try:
            may = registry.find(self.kind).may_fetch(self, user)
        except registry.UnknownKind:
            may = False
        if not may:
            raise PermissionDenied(_("Your rights have changed since this file was made. Please export again."))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_file(self) -> bool:
        return self.state == State.DONE

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None while nobody knows the whole."""
        return min(100, self.done * 100 // self.total) if self.total else None


class Heartbeat(models.Model):
    """When a worker last ran the sweep or a job; the readiness page reads it."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
