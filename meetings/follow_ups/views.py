"""The page on which is noted what was done afterwards for who was not there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.http import AuthedRequest
from branches.namesakes import told_apart
from branches.pages import kept
from branches.rights import Right
from meetings.follow_ups.actions import note
from meetings.follow_ups.forms import FollowUpForm
from meetings.models import Meeting, Status
from meetings.states import WORDED


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_create(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "group")
    meeting = get_object_or_404(rows, pk=pk)
    request.user.require(Right.RECORD, meeting)
    if meeting.state not in WORDED:
        messages.info(request, _("Please hand the record in first: only then it is certain who was not there."))
        return redirect(meeting)
    form = FollowUpForm(request.POST or None, away=_away(meeting, request))
    if form.is_valid() and _noted(request, meeting, form):
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "cancel_url": meeting.get_absolute_url()}
    return render(request, "meetings/follow_up_create.html", context)


def _away(meeting: Meeting, request: AuthedRequest) -> list[tuple[int, str]]:
    lines = meeting.attendances.exclude(status=Status.PRESENT).select_related("member")
    called = told_apart(((row.member_id, row.member.name) for row in lines), request.user)
    return list(called.items())


def _noted(request: AuthedRequest, meeting: Meeting, form: FollowUpForm) -> bool:
    facts = dict(form.cleaned_data)
    away = facts.pop("members")
    return kept(request, form, lambda: note(meeting, away, actor=request.user, **facts), done=_("Noted."))
