"""Papers put into a disposal file: made elsewhere, never generated here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from appraisals.grades.disposal_states import DisposalState
from appraisals.models import DisposalFile
from branches.attachments.kinds import Kind, register
from branches.rights import Right


def _readable(user: Any) -> QuerySet:
    return DisposalFile.objects.visible_to(user).values("pk")


def _require(actor: Any, file: DisposalFile) -> None:
    actor.require(Right.KEEP_FILE, file)
    if file.state != DisposalState.OPEN:
        raise ValidationError(_("This file is closed: nothing is noted in it any more."))


register(Kind("disposal", DisposalFile, readable=_readable, require=_require))
