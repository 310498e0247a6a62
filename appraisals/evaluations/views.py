"""Pages of evaluations of branches in a round."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.evaluations import actions
from appraisals.evaluations.filters import EvaluationFilter, scale_of
from appraisals.evaluations.forms import EvaluationForm, ScaleForm
from appraisals.evaluations.pages import Found, branches_of, columns, counts, found_of, gone, gone_of, may_write, shown
from appraisals.evaluations.states import EvaluationState
from appraisals.models import Evaluation
from appraisals.rounds.views.plan import round_of
from branches import moving
from branches.http import AuthedRequest
from branches.pages import kept
from branches.rights import Right
from shell import lists

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def evaluation_list(request: AuthedRequest, pk: int) -> HttpResponse:
    round_, user = round_of(request, pk), request.user
    if not any(user.may(right, None) for right in (Right.OVERSEE, Right.READ_BRANCH)):
        raise Http404
    found: Found = {}
    taken: Found = {}
    table = columns(round_, found, taken, may_write(round_, user))
    page = lists.page(request, branches_of(round_, user), columns=table, filters=EvaluationFilter, default_sort="")
    keys = [row.pk for row in page.objects]
    found |= found_of(round_, keys, user)
    taken |= gone_of(round_, keys, user)
    told = {"round": round_, "counts": counts(round_, user), "may_set": user.may(Right.RUN_ROUNDS, round_)}
    return lists.render(request, "appraisals/evaluation_list.html", page, **told)


@get_or_post
def evaluation_scale(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = round_of(request, pk)
    request.user.require(Right.RUN_ROUNDS, round_)
    form = ScaleForm(request.POST or None, initial={"words": "\n".join(scale_of(pk, request.user))})
    if form.is_valid() and kept(request, form, lambda: actions.set_scale(round_, form.lines, actor=request.user)):
        return redirect("evaluation_list", pk)
    return render(request, "appraisals/evaluation_scale.html", {"form": form, "round": round_})


@get_or_post
def evaluation_edit(request: AuthedRequest, pk: int, place: int) -> HttpResponse:
    """One is begun by its first save; one that was fed back is only read."""
    evaluation = _of_branch(request, pk, place)
    request.user.require(Right.ACCEPT, evaluation)
    if evaluation.state != EvaluationState.DRAFT:
        return redirect(evaluation)
    form = EvaluationForm(request.POST or None, instance=evaluation, scale=scale_of(pk, request.user))
    if form.is_valid() and _saved(request, form, pk, place):
        return redirect(_of_branch(request, pk, place))
    told = {"form": form, "evaluation": evaluation, "round": evaluation.round}
    return render(request, "appraisals/evaluation_edit.html", told, status=409 if form.theirs else 200)


def _saved(request: AuthedRequest, form: EvaluationForm, pk: int, place: int) -> bool:
    now = _of_branch(request, pk, place)  # the form has put its words on its own
    try:
        return kept(request, form, lambda: actions.save(now, actor=request.user, **form.facts))
    except actions.EvaluationChanged:
        form.fall_behind(now)
        return False


@require_safe
def evaluation_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """One of which whoever read it is told, once it is taken back, that it is."""
    told = gone(pk, request.user) or shown(_evaluation(request, pk), request.user)
    return render(request, "appraisals/evaluation_detail.html", told)


@require_POST
def evaluation_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _evaluation(request, pk), name, actions.move)


def _of_branch(request: AuthedRequest, pk: int, place: int) -> Evaluation:
    """The evaluation of a branch of the round this person reads, a new one where there is none. Raises Http404."""
    round_ = round_of(request, pk)
    branch = get_object_or_404(branches_of(round_, request.user), pk=place)
    rows = Evaluation.objects.visible_to(request.user).select_related("organisation", "round__organisation")
    found = rows.filter(round=round_, organisation=branch).first()
    return found or Evaluation(round=round_, organisation=branch)


def _evaluation(request: AuthedRequest, pk: int) -> Evaluation:
    rows = Evaluation.objects.visible_to(request.user).select_related("organisation", "round__organisation")
    return get_object_or_404(rows, pk=pk)
