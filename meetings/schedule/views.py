"""Pages of the schedule of an organisational life meeting."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.http import AuthedRequest
from branches.pages import perform
from branches.rights import Right
from meetings.models import ScheduleStep
from meetings.schedule import actions
from meetings.schedule.pages import read_by, schedule


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = read_by(request, pk)
    if request.method == "POST":
        request.user.require(Right.RECORD, meeting)
        perform(request, lambda: actions.make(meeting, actor=request.user), done=_("Saved."))
        return redirect("schedule_detail", pk)
    return render(request, "meetings/schedule_detail.html", schedule(meeting, request.user))


@require_POST
def schedule_tick(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = ScheduleStep.objects.visible_to(request.user).select_related("meeting__organisation")
    step = get_object_or_404(rows, pk=pk)
    done = request.POST.get("done") != "no"
    words = _("Done.") if done else _("Taken back.")
    request.user.require(Right.RECORD, step.meeting)
    perform(request, lambda: actions.tick(step, actor=request.user, done=done), done=words)
    return redirect("schedule_detail", step.meeting_id)
