"""What happened: the history of each subject, and the audit log. Rows are added and never changed (I13).

Neither table holds a foreign key: an entry keeps what it speaks of as values, so that a moved organisation or a
closed account never rewrites the past. The migration adds triggers that refuse UPDATE and DELETE.
"""

from typing import Any, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.scope import ScopedQuerySet
from workflow.words import told


class Entry(models.Model):
    """Who, when, about what, under which organisation, as it was at that moment."""

    at = models.DateTimeField(_("Time"), auto_now_add=True)
    actor_key = models.CharField(max_length=40)
    actor_label = models.CharField(_("Person"), max_length=80)
    acted_as = models.CharField(_("Acting as"), max_length=80, blank=True)
    organisation_key = models.CharField(max_length=40, blank=True)
    organisation_path = models.CharField(max_length=255, blank=True)
    organisation_label = models.CharField(_("Organisation"), max_length=120, blank=True)
    subject_label = models.CharField(_("Subject"), max_length=200, blank=True)
    subject_key = models.CharField(max_length=80, blank=True)
    note = models.TextField(_("Note"), blank=True)

    class Meta:
        abstract = True


class HistoryQuerySet(models.QuerySet["History"]):
    def of(self, subject: models.Model) -> Self:
        """The entries about one subject, oldest first. Whoever may see the subject may see them."""
        return self.filter(subject_key=subject_key(subject)).order_by("pk")

    def last_actor_key(self) -> str | None:
        """Who made the newest of these entries; None where there is none."""
        return self.order_by("-pk").values_list("actor_key", flat=True).first()


class History(Entry):
    """One move or change of one subject."""

    move = models.CharField(_("Move"), max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    entered_for = models.CharField(_("Entered for"), max_length=120, blank=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        indexes = [models.Index(fields=["subject_key", "id"], name="history_by_subject")]

    @property
    def label(self) -> str | Promise:
        """What was done, in words."""
        return told(self.move, self.subject_key.partition(":")[0])


class AuditQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All entries for the audit administrator, none for anybody else."""
        return self.order_by("-pk") if user.may("read_audit", None) else self.none()


class AuditEvent(Entry):
    """One event the audit administrator asks about: sign-in, refusal, grant, export, download."""

    kind = models.CharField(_("Event"), max_length=40)
    address = models.GenericIPAddressField(_("Address"), null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")


def subject_key(subject: models.Model) -> str:
    """`app.model:pk`, the name under which history and audit speak of a row."""
    return f"{subject._meta.label_lower}:{subject.pk}"
