"""Noting what was done afterwards for who was not there."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import User
from branches.rights import Right
from meetings.models import Attendance, FollowUp, Meeting, Purpose, Status
from meetings.states import WORDED
from meetings.study import actions as study
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import MoveNotAllowed


@transaction.atomic
def note(
    meeting: Meeting, members: Collection[int], *, actor: Actor, purpose: str, way: str, done_on: date
) -> list[FollowUp]:
    """Note for members who were not there what was done on a day; noting it again replaces what was noted.

    Raises PermissionDenied, MoveNotAllowed (not handed in), ValidationError (nobody, who was there, an impossible day).
    """
    actor.require(Right.RECORD, meeting)
    if meeting.state not in WORDED:
        raise MoveNotAllowed(_("Please hand the record in first: only then it is certain who was not there."))
    if not meeting.held_on <= done_on <= timezone.localdate():
        raise ValidationError({"done_on": _("The day lies between that of the meeting and today.")})
    away = Attendance.objects.filter(meeting=meeting).exclude(status=Status.PRESENT)
    chosen = set(away.filter(member__in=members).values_list("member", flat=True))
    if not chosen or chosen != set(members):
        raise ValidationError({"members": _("Please choose members who were not there.")})
    FollowUp.objects.filter(meeting=meeting, member__in=chosen, purpose=purpose).delete()
    noted_by = actor if isinstance(actor, User) else None
    facts = {"meeting": meeting, "purpose": purpose, "way": way, "done_on": done_on, "noted_by": noted_by}
    rows = FollowUp.objects.bulk_create(FollowUp(member_id=key, **facts) for key in sorted(chosen))
    study.bring_up(sorted(chosen), done_on.year, actor=actor)
    words = _("%(what)s: %(count)d") % {"what": Purpose(purpose).label, "count": len(rows)}
    record(meeting, "follow_up", actor=actor, rights=[Right.RECORD], note=words)
    return rows
