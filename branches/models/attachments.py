"""Files that belong to rows of other rooms. Who reads the owner's words reads its files; there is no other door."""

from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.attachments import kinds
from branches.models.organisations import Organisation
from workflow.scope import ScopedQuerySet


class AttachmentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of owners whose words the person may read now, room by room."""
        found = Q(pk__in=[])
        for kind in kinds.registered():
            found |= Q(owner_kind=kind.code, owner_key__in=kind.readable(user))
        return self.filter(found)

    def of(self, owner: models.Model) -> Self:
        """The files of one row that were not withdrawn, in the order in which they came."""
        return self.filter(owner_kind=kinds.of(owner).code, owner_key=owner.pk, withdrawn_at=None).order_by("pk")

    def kept(self) -> Self:
        return self.filter(withdrawn_at=None)

    def bytes(self) -> int:
        """How much the kept ones take on the disk."""
        return self.kept().aggregate(total=Sum("size"))["total"] or 0


class Attachment(models.Model):
    """One file. A withdrawn one keeps its row and loses its bytes: what was uploaded by mistake must be gone."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="attachments", verbose_name=_("Organisation")
    )
    owner_kind = models.CharField(max_length=20)
    owner_key = models.BigIntegerField()
    name = models.CharField(_("File"), max_length=120)
    path = models.CharField(max_length=40, unique=True)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(_("Added by"), max_length=80)
    added_at = models.DateTimeField(_("Added"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        indexes = [models.Index(fields=["owner_kind", "owner_key"], name="attachment_by_owner")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment_download", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        return not self.path.endswith(".pdf")
