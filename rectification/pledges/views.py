"""Pages of pledges."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import moving
from branches.http import AuthedRequest
from branches.pages import kept
from branches.rights import Right
from rectification.models import Pledge
from rectification.pledges import actions
from rectification.pledges.filters import PledgeFilter
from rectification.pledges.forms import PledgeForm, ReviewForm, VoteForm
from rectification.pledges.pages import COLUMNS, READS, RELATED, form_of, listed, shown, votes_of
from rectification.pledges.states import PledgeState
from rectification.problems.pages import LIMIT, branch_of, may_write, places, served
from rectification.problems.rules import WRITERS
from shell import lists
from workflow.actors import require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def pledge_list(request: AuthedRequest) -> HttpResponse:
    user = request.user
    page = lists.page(
        request, listed(user), columns=COLUMNS, filters=PledgeFilter, default_sort="-due_on", reads=READS
    )  # fmt: skip
    told = {"may_write": may_write(user), "branch": served(user)}
    return lists.render(request, "rectification/pledge_list.html", page, **told)


@get_or_post
def pledge_create(request: AuthedRequest) -> HttpResponse:
    """First the branch, then the page to write on."""
    branch = branch_of(request)
    if branch is None:
        return _choose(request)
    form = form_of(request, branch)
    if form.is_valid():
        act = partial(actions.promise, branch, actor=request.user, client_key=form.cleaned_data["client_key"])
        if kept(request, form, lambda: act(**form.facts)):
            return redirect(Pledge.objects.visible_to(request.user).get(client_key=form.cleaned_data["client_key"]))
    return _writing(request, form, organisation=branch)


def _choose(request: AuthedRequest) -> HttpResponse:
    here, word = places(request.user), request.GET.get("q", "").strip()[:40]
    found = list((here.filter(name__icontains=word) if word else here)[:LIMIT])
    if not found and not word:
        raise PermissionDenied
    if len(found) == 1 and not word:
        return redirect(f"{request.path}?organisation={found[0].pk}")
    return render(request, "rectification/pledge_choose.html", {"choices": found, "word": word})


@get_or_post
def pledge_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    pledge = _pledge(request, pk)
    require_any(request.user, (*WRITERS, Right.OWN), pledge)
    if not pledge.may_change:
        messages.info(request, _("This pledge is not changed any more: it is “%s”.") % pledge.get_state_display())
        return redirect(pledge)
    form = form_of(request, pledge.organisation, pledge)
    if form.is_valid() and kept(request, form, lambda: actions.reword(pledge, actor=request.user, **form.facts)):
        return redirect(pledge)
    return _writing(request, form, organisation=pledge.organisation, pledge=pledge)


def _writing(request: AuthedRequest, form: PledgeForm, **told: Any) -> HttpResponse:
    return render(request, "rectification/pledge_edit.html", {"form": form, **told})


@require_safe
def pledge_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "rectification/pledge_detail.html", shown(_pledge(request, pk), request.user))


@require_POST
def pledge_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _pledge(request, pk), name, actions.move)


@get_or_post
def pledge_review(request: AuthedRequest, pk: int) -> HttpResponse:
    pledge = _pledge(request, pk)
    require_any(request.user, (*WRITERS, Right.OWN), pledge)
    if pledge.state != PledgeState.PUBLISHED:
        messages.info(request, _("Only a pledge that is published and not yet rated is looked at on the way."))
        return redirect(pledge)
    form = ReviewForm(request.POST or None)
    if form.is_valid() and kept(request, form, lambda: actions.review(pledge, actor=request.user, **form.told)):
        return redirect(pledge)
    return render(request, "rectification/pledge_review.html", {"form": form, "pledge": pledge})


@get_or_post
def pledge_vote(request: AuthedRequest, pk: int) -> HttpResponse:
    """Name the vote by which guests and members rate it."""
    pledge = _pledge(request, pk)
    require_any(request.user, WRITERS, pledge)
    form = VoteForm(request.POST or None, votes=votes_of(pledge, request.user), initial={"vote": pledge.vote_id})
    act = lambda: actions.link_vote(pledge, form.cleaned_data["vote"], actor=request.user)  # noqa: E731
    if form.is_valid() and kept(request, form, act):
        return redirect(pledge)
    return render(request, "rectification/pledge_vote.html", {"form": form, "pledge": pledge})


def _pledge(request: AuthedRequest, pk: int) -> Pledge:
    return get_object_or_404(Pledge.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
