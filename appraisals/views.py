"""Pages of rounds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals import actions
from appraisals.filters import RoundFilter
from appraisals.forms import RoundChangeForm, RoundForm
from appraisals.lists import ROUND_COLUMNS, figures, tally
from appraisals.materials import statistics
from appraisals.materials.owed import rules_of
from appraisals.models import Material, Round
from appraisals.rounds.pages import asked_before, cautions_of, links
from branches import moving
from branches.http import AuthedRequest
from branches.pages import kept
from branches.rights import Right
from shell import lists


@require_safe
def round_list(request: AuthedRequest) -> HttpResponse:
    rows = Round.objects.visible_to(request.user).select_related("organisation")
    page = lists.page(request, rows, columns=ROUND_COLUMNS, filters=RoundFilter, default_sort="-year")
    may_create = request.user.may(Right.RUN_ROUNDS, None)
    return lists.render(request, "appraisals/round_list.html", page, may_create=may_create)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.RUN_ROUNDS, None)
    form = RoundForm(request.POST or None, user=request.user)
    if form.is_valid():
        round_ = actions.prepare_round(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Open the round when everything is right."))
        is_planned = form.cleaned_data["template"] or form.cleaned_data["other"]
        return redirect("round_plan" if is_planned else "round_detail", round_.pk)
    return render(request, "appraisals/round_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    request.user.require(Right.RUN_ROUNDS, round_)
    form = RoundChangeForm(request.POST or None, instance=round_)
    if form.is_valid() and _changed(request, form, round_):
        return redirect(round_)
    told = {"form": form, "round": round_}
    return render(request, "appraisals/round_edit.html", told, status=409 if form.theirs else 200)


def _changed(request: AuthedRequest, form: RoundChangeForm, round_: Round) -> bool:
    try:
        return kept(request, form, lambda: actions.change_round(round_, actor=request.user, **form.told))
    except actions.RoundChanged:
        form.fall_behind(get_object_or_404(Round.objects.visible_to(request.user), pk=round_.pk))
        return False


@require_safe
def round_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    materials = Material.objects.visible_to(request.user).filter(round=round_)
    cautions = cautions_of(round_, request.user)
    context = {
        "round": round_,
        "cautions": cautions,
        "counts": figures(round_, materials.by_state()),
        "rules": rules_of(round_),
        "may_set_rules": request.user.may(Right.RUN_ROUNDS, round_),
        "branches": tally(round_, materials.by_branch()),
        **statistics.of_round(round_, materials, request.user),
        **links(round_, request.user),
        **moving.shown(round_, request.user, asked_before(cautions)),
    }
    return render(request, "appraisals/round_detail.html", context)


@require_POST
def round_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    cautions = asked_before(cautions_of(round_, request.user))
    return moving.moved(request, round_, name, actions.move_round, cautions)
