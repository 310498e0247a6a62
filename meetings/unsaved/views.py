"""Autosaving the writing page of a record, and dropping what was kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from branches.http import AuthedRequest
from branches.pages import REFUSALS
from branches.rights import Right
from meetings.models import Meeting, Unsaved
from meetings.pages import blank
from meetings.unsaved import actions
from meetings.unsaved.pages import is_too_long, says_something, typed

BEHIND = gettext_lazy(
    "This record was meanwhile kept or saved from another window or device. Press “Save draft”: the next page shows "
    "both."
)


@require_POST
def meeting_autosave(request: AuthedRequest, pk: int) -> JsonResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "group")
    return _keep(request, get_object_or_404(rows, pk=pk))


@require_POST
def meeting_autosave_new(request: AuthedRequest) -> JsonResponse:
    request.user.require(Right.RECORD, None)
    meeting = blank(request)
    if meeting is None:
        raise Http404
    return _keep(request, meeting)


@require_POST
def unsaved_discard(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Unsaved.objects.visible_to(request.user).select_related("organisation", "group", "meeting__organisation")
    unsaved = get_object_or_404(rows, pk=pk)
    actions.discard(unsaved, actor=request.user)
    messages.success(request, _("What was typed and not saved is dropped."))
    return redirect(unsaved.meeting or "meeting_list")


def _keep(request: AuthedRequest, meeting: Meeting) -> JsonResponse:
    request.user.require(Right.RECORD, meeting)
    values = typed(request.POST)
    seen = request.POST.get("revision", "")
    known = int(seen) if seen.isdecimal() else 0
    if is_too_long(values):
        return JsonResponse({"fault": _("Too long to save: please shorten the text.")}, status=422)
    if not known and not says_something(values):
        return JsonResponse({"revision": 0})
    try:
        return JsonResponse({"revision": actions.keep(meeting, values, actor=request.user, seen=known)})
    except (actions.Behind, *REFUSALS):
        return JsonResponse({"fault": BEHIND}, status=409)
