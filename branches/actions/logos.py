"""Choosing the sign of the topmost organisation, and taking it away again."""

from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from branches.attachments import store
from branches.attachments.verify import verified
from branches.models import Logo, Organisation
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor

LONGEST_SIDE = 256


def choose(organisation: Organisation, upload: UploadedFile, *, actor: Actor) -> Logo:
    """Make the picture the sign of `organisation`, in the place of an earlier one.

    Raises PermissionDenied; ValidationError where it is no picture or the organisation has a superior here.
    """
    actor.require(Right.ARRANGE, organisation)
    if not organisation.is_root():
        raise ValidationError(_("The brand bar shows the logo of the topmost organisation. Please add it there."))
    found = verified(upload, pictures_only=True, longest=LONGEST_SIDE)
    path = store.keep(found.content, found.suffix)
    try:
        with transaction.atomic():
            _forget(organisation)
            logo = Logo.objects.create(organisation=organisation, path=path)
            record(organisation, "choose_logo", actor=actor)
    except BaseException:
        store.remove(path)
        raise
    return logo


@transaction.atomic
def take_away(organisation: Organisation, *, actor: Actor) -> None:
    """Show the name alone again. Raises PermissionDenied."""
    actor.require(Right.ARRANGE, organisation)
    if _forget(organisation):
        record(organisation, "take_logo_away", actor=actor)


def _forget(organisation: Organisation) -> bool:
    paths = list(Logo.objects.filter(organisation=organisation).values_list("path", flat=True))
    Logo.objects.filter(organisation=organisation).delete()
    for path in paths:  # one at most
        transaction.on_commit(partial(store.remove, path))
    return bool(paths)
