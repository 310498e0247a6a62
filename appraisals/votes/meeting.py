"""The meeting at which a vote is held: who came there are its voters, and each page leads to the other."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Vote
from appraisals.votes.rules import counts_full_only
from appraisals.votes.states import WRITERS
from branches.models import Organisation
from branches.sequels import Sequel, register
from meetings.models import Meeting
from meetings.states import State
from shell.asked import asked

MOST = 40
OVER = (State.VOID, State.CANCELLED)


def offered(organisation: Organisation, day: date, user: Any) -> Any:
    """The meetings of a branch, planned or held within a year of that day, at which a vote may be; the latest first."""
    year = (day - timedelta(366), day + timedelta(366))
    return _of(organisation, user).filter(started_at__date__range=year).order_by("-started_at", "-pk")


def _of(organisation: Organisation, user: Any) -> Any:
    return Meeting.objects.visible_to(user).filter(organisation=organisation, group=None).exclude(state__in=OVER)


def begun(organisation: Organisation, key: str, day: date, user: Any) -> Vote:
    """A new vote of that day, or at the meeting with that key and on its day."""
    meeting = _of(organisation, user).filter(pk=key).first() if key.isdecimal() else None
    return Vote(organisation=organisation, held_on=meeting.held_on if meeting else day, meeting=meeting)


def words_of(meeting: Meeting) -> str:
    """Day, form and how many came: what everybody may know who sees that there is a record."""
    words = f"{meeting.held_on} {meeting.get_form_display()}"
    return (
        _("%(meeting)s (%(present)d came)") % {"meeting": words, "present": meeting.present}
        if meeting.present
        else words
    )


def voters_at(meeting: Meeting) -> int:
    """How many of those who came fill a ballot; 0 where attendance is not ticked yet."""
    only = counts_full_only(meeting.organisation, meeting.held_on)
    return meeting.voting_present if only else meeting.present


def require_meeting(vote: Vote) -> None:
    """Raises ValidationError where the meeting is not one of this branch on this day."""
    meeting = vote.meeting
    if meeting is None:
        return
    if vote.is_outside:
        raise ValidationError(_("A vote outside a meeting belongs to none."))
    if meeting.organisation_id != vote.organisation_id or meeting.state in OVER:
        raise ValidationError(_("This is no meeting of this branch."))
    if meeting.held_on != vote.held_on:
        raise ValidationError(_("This meeting is on another day: %(day)s.") % {"day": meeting.held_on})


def _follow(ref: str, user: Any) -> Iterator[Sequel]:
    rows = asked(Vote).visible_to(user).filter(meeting=int(ref.rpartition(":")[2])).order_by("pk")
    return (Sequel(vote.title, vote) for vote in rows[:MOST])


def _begin(row: Any, ref: str, user: Any) -> tuple[str | Promise, str] | None:
    if row.group_id or row.state in OVER or not any(user.may(right, row.organisation) for right in WRITERS):
        return None
    query = urlencode({"organisation": row.organisation_id, "meeting": row.pk})
    return gettext_lazy("Lay a vote down"), f"{reverse('vote_create')}?{query}"


register(["meetings.meeting"], follow=_follow, begin=_begin)
