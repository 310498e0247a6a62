"""Pages of study hours."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import perform
from branches.rights import Right
from branches.rules.pages import year_of
from meetings.models import Attendance, Meeting, StudyEntry
from meetings.study import actions
from meetings.study.forms import CorrectionForm, EntryForm
from meetings.study.pages import of_branch, of_member, reads_branch, relation_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def study_mine(request: AuthedRequest) -> HttpResponse:
    """My own hours; for whoever belongs to no branch today the first page, with a word."""
    if not request.user.reach.home_path:
        messages.info(request, _("Study hours are kept for members of a branch."))
        return redirect("dashboard")
    return redirect("study_member", request.user.reach.member_key)


@require_safe
def study_branch(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not reads_branch(request.user, organisation):
        raise PermissionDenied
    return render(request, "meetings/study_branch.html", of_branch(organisation, year_of(request), request.user))


@get_or_post
def study_member(request: AuthedRequest, pk: int) -> HttpResponse:
    relation = relation_of(request.user, pk)
    told = of_member(relation, year_of(request), request.user)
    form = EntryForm(request.POST or None, own_only=not told["may_record"])
    if request.method == "POST" and not told["may_enter"]:
        raise PermissionDenied
    if form.is_valid():
        found, place = form.cleaned_data, (relation.member, relation.organisation)
        typed = (found["kind"], found["studied_on"], found["hours"], found["subject"])
        if perform(request, lambda: actions.enter(*place, *typed, actor=request.user), done=_("Saved.")):
            return redirect(request.get_full_path())
    return render(request, "meetings/study_member.html", {**told, "form": form})


@require_POST
def study_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(StudyEntry.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    perform(request, lambda: actions.withdraw(entry, actor=request.user), done=_("Taken back."))
    return redirect("study_member", entry.member_id)


@get_or_post
def study_correct(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Attendance.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    line = get_object_or_404(rows.select_related("member", "meeting__organisation"), pk=pk)
    request.user.require(Right.RECORD, line.meeting)
    form, back = CorrectionForm(request.POST or None), reverse("study_member", args=[line.member_id])
    if form.is_valid():
        typed = (line.meeting, line.member, form.cleaned_data["hours"], form.cleaned_data["reason"])
        if perform(request, lambda: actions.correct(*typed, actor=request.user), done=_("Saved.")):
            return redirect(back)
    return render(request, "meetings/study_correct.html", {"form": form, "line": line, "cancel_url": back})
