"""Files of a record: the scanned page of the paper record book, a signed attendance sheet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.attachments.kinds import Kind, register
from branches.rights import Right
from meetings.models import Meeting, Minutes


def _readable(user: Any) -> QuerySet:
    """Whoever reads the minutes reads what is attached to them."""
    return Minutes.objects.visible_to(user).values("pk")


def _require(actor: Any, meeting: Meeting) -> None:
    actor.require(Right.RECORD, meeting)
    if not meeting.is_open:
        raise ValidationError(_("This record can no longer be edited: it is “%s”.") % meeting.get_state_display())


register(Kind("meeting", Meeting, readable=_readable, require=_require))
