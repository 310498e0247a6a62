"""Pages of problems."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import moving
from branches.http import AuthedRequest
from branches.models import Member
from branches.pages import REFUSALS, kept, put
from branches.rights import Right
from rectification.chain.picture import reads_chain
from rectification.problems.actions import entry, giving, steps
from rectification.problems.batch import Batch
from rectification.problems.filters import ProblemFilter
from rectification.problems.forms import CheckerForm, ProgressForm, RecheckForm
from rectification.problems.lists import COLUMNS, READS, deeds_for, key
from rectification.problems.models import Problem
from rectification.problems.origins import cause_of
from rectification.problems.pages import (
    LIMIT,
    RELATED,
    branch_of,
    come_back,
    form_of,
    listed,
    may_recheck,
    may_write,
    people_of,
    places,
    served,
    shown,
)
from rectification.problems.rules import LEADERS, WRITERS
from shell import lists
from shell.copies import SAVED, copy_of
from workflow.actors import require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def problem_list(request: AuthedRequest) -> HttpResponse:
    """The ledger of problems."""
    user = request.user
    page = lists.page(
        request, listed(user), columns=COLUMNS, filters=ProblemFilter, default_sort="-found_on", deeds=deeds_for(user),
        key=key, reads=READS,
    )  # fmt: skip
    told = {"may_export": user.may(Right.EXPORT, None), "may_write": may_write(user), "branch": served(user)}
    told["reads_chain"] = reads_chain(user)
    told |= {"may_import": any(user.may(right, None) for right in LEADERS)}
    return lists.render(request, "rectification/problem_list.html", page, **told)


@get_or_post
def problem_create(request: AuthedRequest) -> HttpResponse:
    """First the branch, then the page to write on."""
    branch = branch_of(request)
    if branch is None:
        return _choose(request)
    cause = cause_of(request.GET.get("origin", ""), request.user)
    form = form_of(request, branch, cause=cause)
    ref = cause.ref if cause else ""
    act = lambda: entry.enter(branch, form.entry, actor=request.user, client_key=form.key, origin_ref=ref)  # noqa: E731
    told = {"organisation": branch, "cause": cause, "copy": copy_of(request, "problem", branch.pk)}
    return _written(request, form, act, told)


def _choose(request: AuthedRequest) -> HttpResponse:
    """Which branch: the only one at once. Raises PermissionDenied where there is none."""
    here, word = places(request.user), request.GET.get("q", "").strip()[:40]
    found = list((here.filter(name__icontains=word) if word else here)[:LIMIT])
    if not found and not word:
        raise PermissionDenied
    query = request.GET.copy()
    if len(found) == 1 and not word:
        query["organisation"] = str(found[0].pk)
        return redirect(f"{request.path}?{query.urlencode()}")
    return render(request, "rectification/problem_choose.html", {"choices": found, "word": word})


@get_or_post
def problem_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    problem = _problem(request, pk)
    require_any(request.user, (*WRITERS, Right.OWN), problem)
    if not problem.is_open:
        messages.info(request, _("This problem is not changed any more: it is “%s”.") % problem.get_state_display())
        return redirect(problem)
    form = form_of(request, problem.organisation, problem)
    act = lambda: entry.change(_problem(request, pk), form.entry, actor=request.user, seen=form.seen)  # noqa: E731
    told = {"organisation": problem.organisation, "problem": problem, "copy": copy_of(request, "problem-edit", pk)}
    return _written(request, form, act, told)


def _written(request: AuthedRequest, form: Any, act: Callable[[], Problem], told: dict[str, Any]) -> HttpResponse:
    """Save what was posted, or show the page with every word of it; 409 with both texts where somebody was faster."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            problem = act()
        except entry.Behind:
            status, told = 409, told | {"is_behind": True}
        except REFUSALS as refusal:
            put(form, refusal)
        else:
            messages.success(request, _("Saved."), extra_tags=SAVED)
            return redirect(problem)
    return render(request, "rectification/problem_edit.html", {"form": form, **told}, status=status)


@require_safe
def problem_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "rectification/problem_detail.html", shown(_problem(request, pk), request.user))


@require_POST
def problem_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _problem(request, pk), name, steps.move)


@require_POST
def problem_batch(request: AuthedRequest, name: str) -> HttpResponse:
    """One deed on ticked problems: what it needs is asked on a page of its own."""
    batch = Batch.of(request, name)
    if batch is None:
        raise Http404
    if batch.refusal:
        messages.error(request, batch.refusal)
        return redirect(batch.came_from or "problem_list")
    if batch.form.is_valid() and kept(request, batch.form, batch.act, done=batch.done):
        return redirect(batch.back)
    return render(request, "rectification/problem_batch.html", {"batch": batch, "form": batch.form})


@get_or_post
def problem_progress(request: AuthedRequest, pk: int) -> HttpResponse:
    problem = _problem(request, pk)
    require_any(request.user, (*WRITERS, Right.OWN), problem)
    form = ProgressForm(request.POST or None, problem=problem)
    if form.is_valid():
        found = form.cleaned_data
        told = {"done": found.get("done", ()), "satisfied": found["satisfied"]}
        if kept(request, form, partial(entry.tell_progress, problem, found["words"], actor=request.user, **told)):
            return redirect(problem)
    return render(request, "rectification/problem_progress.html", {"form": form, "problem": problem})


@get_or_post
def problem_checker(request: AuthedRequest, pk: int) -> HttpResponse:
    problem = _problem(request, pk)
    require_any(request.user, LEADERS, problem)
    people = [one for one in people_of(problem.organisation, request.user) if one[0] != problem.responsible_id]
    form = CheckerForm(request.POST or None, people=people, initial={"checker": problem.checker_id})
    if form.is_valid():
        checker = Member.objects.visible_to(request.user).filter(pk=form.cleaned_data["checker"] or 0).first()
        if kept(request, form, lambda: giving.name_checker(problem, checker, actor=request.user)):
            return redirect(problem)
    return render(request, "rectification/problem_checker.html", {"form": form, "problem": problem})


@get_or_post
def recheck_create(request: AuthedRequest, pk: int) -> HttpResponse:
    """回头看."""
    problem = _problem(request, pk)
    if not may_recheck(problem, request.user):
        raise PermissionDenied
    form = RecheckForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    act = lambda: giving.recheck(problem, actor=request.user, **form.cleaned_data)  # noqa: E731
    if form.is_valid() and kept(request, form, act, done=form.done):
        return redirect(come_back(problem, request.user) or problem)
    return render(request, "rectification/recheck_create.html", {"form": form, "problem": problem})


def _problem(request: AuthedRequest, pk: int) -> Problem:
    return get_object_or_404(Problem.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
