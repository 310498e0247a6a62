"""What the pages of plans show."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches import moving
from branches.http import AuthedRequest
from branches.models import Group, Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from branches.rules.pages import year_of
from meetings.due import due_at
from meetings.models import Meeting
from meetings.plans.periods import Period, period_of, periods
from meetings.schedule.pages import reads_schedule
from meetings.states import UPCOMING, State
from workflow.moves import available_moves

NAMED = 20  # of those who are told, by name


def plan_shown(meeting: Meeting, user: User) -> dict[str, Any]:
    """What the page of a meeting prints before it is held."""
    names = {move.name for move in available_moves(meeting, user)}
    keeps = any(user.may(right, meeting) for right in (Right.RECORD, Right.READ_BRANCH, Right.OVERSEE))
    return {
        "meeting": meeting,
        "may_edit": meeting.state == State.PLANNED and user.may(Right.RECORD, meeting),
        "may_reschedule": "reschedule" in names,
        "hides_notes": not keeps,
        "has_schedule": reads_schedule(meeting, user),
        **moving.shown(meeting, user, asked_before(meeting, user)),
    }


def asked_before(meeting: Meeting, user: User) -> dict[str, str]:
    """What is said before a plan is announced: who is told by it."""
    if meeting.state != State.PLANNED or not user.may(Right.RECORD, meeting):
        return {}
    names = [due.name for due in due_at(meeting, meeting.held_on)]
    more = _(" and others") if len(names) > NAMED else ""
    words = ngettext(
        "%(n)d person who is due is told of it: %(names)s.", "%(n)d persons who are due are told of it: %(names)s.",
        len(names),
    )  # fmt: skip
    return {"announce": words % {"n": len(names), "names": "、".join(names[:NAMED]) + more}}


def branch_of(request: AuthedRequest, pk: int) -> Organisation:
    """The branch whose plans are meant. Raises Http404, also for what holds no meetings; PermissionDenied for
    administrators, who see the tree and no meeting."""
    branches = Organisation.objects.visible_to(request.user).filter(kind=Kind.BRANCH)
    branch: Organisation = get_object_or_404(branches, pk=pk)
    if not request.user.reach.takes_part:
        raise PermissionDenied
    return branch


def may_plan(user: User, branch: Organisation) -> bool:
    """True if this person plans meetings there: all of them, or those of the own group."""
    if user.may(Right.RECORD, Meeting(organisation=branch)):
        return True
    groups = Group.objects.visible_to(user).filter(organisation=branch)
    return any(user.may(Right.RECORD, Meeting(organisation=branch, group=group)) for group in groups)


def period_asked(request: AuthedRequest) -> Period:
    """The quarter that ?year= and ?quarter= name, the year with quarter=0; by itself this quarter. Raises Http404."""
    year, quarter = year_of(request), request.GET.get("quarter", "")
    if not quarter:
        today = period_of(request.user.reach.day, "quarter")
        return today if year == today.year else Period(year, 1, "year")
    if quarter not in "01234" or len(quarter) != 1:
        raise Http404
    return Period(year, int(quarter), "quarter") if quarter != "0" else Period(year, 1, "year")


def sheet(branch: Organisation, period: Period, user: User) -> dict[str, Any]:
    """The plan of a branch for a period: what is planned and what became of it, by day."""
    begins, ends = period.moments
    rows = Meeting.objects.visible_to(user).as_told_to(user).filter(organisation=branch)
    rows = rows.filter(started_at__gte=begins, started_at__lt=ends).exclude(state=State.VOID)
    meetings = list(rows.select_related("host", "group").order_by("started_at", "pk"))
    return {
        "organisation": branch,
        "period": period,
        "meetings": meetings,
        "open": sum(row.state in UPCOMING for row in meetings),
        "quarters": periods(period.year, "quarter"),
        "whole_year": Period(period.year, 1, "year"),
        "years": (period.year - 1, period.year, period.year + 1),
        "may_plan": may_plan(user, branch),
        "may_copy": user.may(Right.RECORD, Meeting(organisation=branch)),
    }
