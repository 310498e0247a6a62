"""Pages of common problems."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import Round
from branches import moving
from branches.http import AuthedRequest
from branches.pages import kept, perform
from branches.rights import Right
from rectification.gathered import actions
from rectification.gathered.forms import CommonForm, GatherForm
from rectification.gathered.pages import columns, listed, numbers_of, places, shown
from rectification.models import CommonProblem, Problem
from rectification.problems.states import ProblemState
from shell import lists
from shell.lists import selected

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def common_list(request: AuthedRequest) -> HttpResponse:
    numbers: dict[int, tuple[int, int]] = {}
    page = lists.page(request, listed(request.user), columns=columns(numbers), default_sort="-pk")
    numbers |= numbers_of([row.pk for row in page.objects], request.user)
    may_name = request.user.may(Right.ARRANGE, None)
    return lists.render(request, "rectification/common_list.html", page, may_name=may_name)


@get_or_post
def common_create(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.ARRANGE, None)
    offered = list(places(request.user)[:200])
    if not offered:
        raise PermissionDenied
    form = CommonForm(request.POST or None, places=offered, rounds=_rounds(request))
    if form.is_valid():
        common = CommonProblem(organisation=next(row for row in offered if row.pk == form.cleaned_data["place"]))
        if kept(request, form, lambda: actions.save(common, actor=request.user, **form.facts)):
            return redirect(common)
    return _writing(request, form)


@get_or_post
def common_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    common = _common(request, pk)
    request.user.require(Right.ARRANGE, common)
    form = CommonForm(request.POST or None, places=None, rounds=_rounds(request), instance=_common(request, pk))
    if form.is_valid() and kept(request, form, lambda: actions.save(common, actor=request.user, **form.facts)):
        return redirect(common)
    return _writing(request, form, common=common)


def _writing(request: AuthedRequest, form: CommonForm, **told: Any) -> HttpResponse:
    return render(request, "rectification/common_edit.html", {"form": form, **told})


@require_safe
def common_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "rectification/common_detail.html", shown(_common(request, pk), request.user))


@require_POST
def common_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _common(request, pk), name, actions.move)


@require_POST
def common_gather(request: AuthedRequest) -> HttpResponse:
    """Put ticked problems of the ledger under one of those that are open."""
    request.user.require(Right.ARRANGE, None)
    rows = Problem.objects.visible_to(request.user).filter(pk__in=selected(request)).exclude(state=ProblemState.VOID)
    problems = list(rows.select_related("organisation", "common"))
    if not problems:
        messages.error(request, _("Please tick at least one problem."))
        return redirect("problem_list")
    commons = [row for row in listed(request.user).open() if request.user.may(Right.ARRANGE, row)]
    form = GatherForm(request.POST if "asked" in request.POST else None, commons=commons)
    if form.is_valid():
        common = next(row for row in commons if row.pk == form.cleaned_data["common"])
        if kept(request, form, lambda: actions.gather(common, problems, actor=request.user)):
            return redirect(common)
    return render(request, "rectification/common_gather.html", {"form": form, "problems": problems, "commons": commons})


@require_POST
def common_release(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Problem.objects.visible_to(request.user).select_related("organisation", "common__organisation")
    problem = get_object_or_404(rows, pk=pk)
    perform(request, lambda: actions.release(problem, actor=request.user), done=_("Taken out of the common problem."))
    return redirect(problem)


def _rounds(request: AuthedRequest) -> Any:
    return Round.objects.visible_to(request.user).order_by("-year", "-pk")


def _common(request: AuthedRequest, pk: int) -> CommonProblem:
    rows = CommonProblem.objects.visible_to(request.user).select_related("organisation", "round")
    return get_object_or_404(rows, pk=pk)
