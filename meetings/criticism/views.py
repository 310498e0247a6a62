"""Pages about criticism, beside a meeting."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.pages import perform
from branches.rights import Right
from meetings.criticism import actions, pages
from meetings.criticism.forms import ClaimForm, CountForm, RemarkForm
from meetings.models import Meeting, SpokenRemark

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _found(request: AuthedRequest, pk: int) -> Meeting:
    """A record at which members criticise one another. Raises Http404."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    if meeting.is_plan or not meeting.criticises:
        raise Http404
    return meeting


@never_cache
@require_safe
def criticism_list(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = _found(request, pk)
    if not pages.reads_all(meeting, request.user):
        raise PermissionDenied
    return render(request, "meetings/criticism_list.html", pages.shown(meeting, request.user))


@get_or_post
def criticism_count(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = _found(request, pk)
    request.user.require(Right.RECORD, meeting)
    listed = pages.people(meeting, request.user)
    form = CountForm(request.POST or None, people=listed.items(), numbers=pages.numbers(meeting, request.user))
    back = reverse("criticism_list", args=[pk])
    if form.is_valid():
        typed = form.numbers()
        if perform(request, lambda: actions.count(meeting, typed, actor=request.user), done=_("Saved.")):
            return redirect(back)
    context = {"form": form, "meeting": meeting, "cancel_url": back, "is_ticked": bool(listed)}
    return render(request, "meetings/criticism_count.html", context)


@never_cache
@get_or_post
def remark_create(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = _found(request, pk)
    request.user.require(Right.RECORD, meeting)
    form = RemarkForm(request.POST or None, people=pages.people(meeting, request.user).items())
    back = reverse("criticism_list", args=[pk])
    if form.is_valid():
        typed = form.cleaned_data
        if perform(request, lambda: actions.write(meeting, **typed, actor=request.user), done=_("Saved.")):
            return redirect(back)
    context = {"form": form, "meeting": meeting, "cancel_url": back, "kept": pages.kept(meeting)}
    return render(request, "meetings/remark_create.html", context)


@require_POST
def remark_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = SpokenRemark.objects.visible_to(request.user).select_related("meeting__organisation")
    remark = get_object_or_404(rows, pk=pk)
    perform(request, lambda: actions.remove(remark, actor=request.user), done=_("Taken out."))
    return redirect("criticism_list", remark.meeting_id)


@never_cache
@get_or_post
def claim_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = _found(request, pk)
    mine = pages.mine(meeting, request.user)
    if mine is None or not mine.may_claim:
        raise PermissionDenied
    form = ClaimForm(request.POST or None, initial={"text": mine.claim.text if mine.claim else ""})
    if form.is_valid():
        text = form.cleaned_data["text"]
        if perform(request, lambda: actions.claim(meeting, text, actor=request.user), done=_("Saved.")):
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "mine": mine, "cancel_url": meeting.get_absolute_url()}
    return render(request, "meetings/claim_edit.html", context)
