"""Pages of meetings to come: the list, the plan of a branch for a quarter or a year, one plan."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import REFUSALS, perform, words_of
from branches.rights import Right
from meetings.models import Meeting
from meetings.plans import actions
from meetings.plans.columns import PLAN_COLUMNS, PLAN_READS, PlanFilter
from meetings.plans.forms import PeriodForm, PlanForm, RescheduleForm
from meetings.plans.pages import branch_of, may_plan, period_asked, sheet
from meetings.plans.periods import Period
from meetings.states import State
from shell import lists
from shell.asked import asked
from workflow.actors import require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def plan_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Meeting).visible_to(request.user).plans().as_told_to(request.user)
    page = lists.page(
        request, rows, columns=PLAN_COLUMNS, filters=PlanFilter, default_sort="started_at", reads=PLAN_READS
    )
    mine = asked(Organisation).visible_to(request.user).filter(path__in=request.user.reach.office_paths(Right.RECORD))
    return lists.render(request, "meetings/plan_list.html", page, branches=list(mine.order_by("path")))


@require_safe
def plan_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = branch_of(request, pk)
    return render(request, "meetings/plan_sheet.html", sheet(branch, period_asked(request), request.user))


@get_or_post
def plan_create(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = branch_of(request, pk)
    if not may_plan(request.user, branch):
        raise PermissionDenied
    meeting = Meeting(organisation=branch, state=State.PLANNED)
    form = PlanForm(request.POST or None, instance=meeting, user=request.user)
    return _written(request, form, lambda: actions.plan(meeting, form.facts, actor=request.user))


@get_or_post
def plan_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = _plan(request, pk)
    request.user.require(Right.RECORD, meeting)
    if meeting.state != State.PLANNED:
        messages.info(request, _("What was announced is changed by moving it to another time."))
        return redirect(meeting)
    form = PlanForm(request.POST or None, instance=meeting, user=request.user)
    return _written(request, form, lambda: actions.plan(meeting, form.facts, actor=request.user, seen=_seen(form)))


@get_or_post
def plan_reschedule(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = _plan(request, pk)
    require_any(request.user, actions.LEADERS, meeting)
    if meeting.state != State.ANNOUNCED:
        messages.info(
            request, _("Only a meeting that was announced is moved: this is “%s”.") % meeting.get_state_display()
        )
        return redirect(meeting)
    form = RescheduleForm(request.POST or None, instance=meeting)
    reason = request.POST.get("reason", "")
    act = actions.reschedule
    return _written(request, form, lambda: act(meeting, form.facts, reason, actor=request.user, seen=_seen(form)))


@require_POST
def plan_copy(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = branch_of(request, pk)
    request.user.require(Right.RECORD, Meeting(organisation=branch))
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return redirect("plan_sheet", pk)
    year, quarter = form.cleaned_data["year"], form.cleaned_data["quarter"]
    period = Period(year, quarter, "quarter") if quarter else Period(year, 1, "year")
    words = _("Copied from the period before: please go over days and themes.")
    perform(request, lambda: actions.copy(branch, period, actor=request.user), done=words)
    return redirect(f"{reverse('plan_sheet', args=[pk])}?year={year}&quarter={quarter or 0}")


def _plan(request: AuthedRequest, pk: int) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "group")
    meeting: Meeting = get_object_or_404(rows, pk=pk)
    return meeting


def _seen(form: forms.BaseForm) -> int:
    return form.cleaned_data["version"] or 0


def _written(request: AuthedRequest, form: Any, act: Callable[[], Any]) -> HttpResponse:
    """Show the form; when it is sent, act and go to the meeting, or show it again with what stood against it."""
    meeting, is_new = form.instance, form.instance.pk is None
    if form.is_valid():
        try:
            act()
        except REFUSALS as refusal:
            meeting.pk = None if is_new else meeting.pk
            form.add_error(None, words_of(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(meeting)
    back = reverse("plan_sheet", args=[meeting.organisation_id]) if is_new else meeting.get_absolute_url()
    context = {"form": form, "meeting": meeting, "cancel_url": back, "moves_day": isinstance(form, RescheduleForm)}
    return render(request, "meetings/plan_edit.html", context)
