"""Adding files to rows and withdrawing them."""

import hashlib
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.attachments import kinds, store
from branches.attachments.verify import verified
from branches.models import Attachment, Organisation
from workflow.actions import audit, record
from workflow.actors import Actor

MOST_PER_OWNER = 30
MEGABYTE = 1024 * 1024


def attach(owner: Any, upload: UploadedFile | None, *, actor: Actor) -> Attachment:
    """Verify the file and add it to `owner`, a row of a registered kind.

    Raises PermissionDenied; ValidationError where no file was chosen, it is no picture or PDF, it is too large, or the
    organisation's share of the disk is used up.
    """
    kind = kinds.of(owner)
    kind.require(actor, owner)
    if upload is None:
        raise ValidationError(_("Please choose a file first."))
    found = verified(upload)
    path = store.keep(found.content, found.suffix)
    try:
        with transaction.atomic():
            _refuse_too_much(owner, len(found.content))
            attachment = Attachment.objects.create(
                organisation=owner.organisation,
                owner_kind=kind.code,
                owner_key=owner.pk,
                name=_shown(upload.name or "", found.suffix),
                path=path,
                size=len(found.content),
                sha256=hashlib.sha256(found.content).hexdigest(),
                added_by=str(actor.actor_label)[:80],
            )
            record(owner, "attach", actor=actor)  # not its name: whoever sees the row need not read its words
    except BaseException:
        store.remove(path)
        raise
    return attachment


@transaction.atomic
def withdraw(attachment: Attachment, owner: Any, *, actor: Actor) -> None:
    """Take a file away from `owner` and off the disk; row and history stay.

    Raises PermissionDenied, ValidationError.
    """
    kinds.of(owner).require(actor, owner)
    changed = Attachment.objects.kept().filter(pk=attachment.pk, owner_key=owner.pk).update(withdrawn_at=timezone.now())
    if changed:
        record(owner, "withdraw_file", actor=actor)
        transaction.on_commit(lambda: store.remove(attachment.path))


def note_download(attachment: Attachment, *, actor: Any, address: str) -> None:
    """Tell the audit log who fetched which file from where, and with which offices."""
    # Administrators are blind to content, names too: the number alone.
    told = {"note": f"#{attachment.pk}", "acted_as": actor.acting_as(attachment)}
    audit("attachment_downloaded", actor=actor, address=address, **told)


def _refuse_too_much(owner: Any, size: int) -> None:
    # Two uploads at once must not both find the last megabyte: the organisation's row is the turnstile.
    Organisation.objects.select_for_update().get(pk=owner.organisation_id)
    if Attachment.objects.of(owner).count() >= MOST_PER_OWNER:
        raise ValidationError(_("There are %(most)d files already. Please withdraw one first."),
                              params={"most": MOST_PER_OWNER})  # fmt: skip
    used = Attachment.objects.filter(organisation=owner.organisation_id).bytes()
    if used + size > settings.ATTACHMENT_QUOTA_MB * MEGABYTE:
        words = _("The files of this branch take up %(most)d MB, which is its share. Please withdraw some first.")
        raise ValidationError(words, params={"most": settings.ATTACHMENT_QUOTA_MB})


def _shown(name: str, suffix: str) -> str:
    """The name it came with, without folders and with the suffix that is true of it."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    clean = "".join(sign for sign in stem if sign.isprintable() and sign not in '/\\:*?"<>|').strip(". ")
    return (clean[:100] or _("file")) + suffix
