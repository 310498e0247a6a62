"""The page on which a superior says what a round asks of its materials."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appraisals.materials.asking import actions
from appraisals.materials.asking.forms import RulesForm
from appraisals.materials.owed import rules_of
from appraisals.models import Round
from appraisals.states import RoundState
from branches.http import AuthedRequest
from branches.pages import perform
from branches.rights import Right


@require_http_methods(["GET", "HEAD", "POST"])
def material_rules_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    request.user.require(Right.RUN_ROUNDS, round_)
    is_open = round_.state != RoundState.DRAFT
    form = RulesForm(request.POST or None, rules=rules_of(round_), is_open=is_open)
    act = lambda: actions.set_rules(round_, actor=request.user, **form.facts)  # noqa: E731
    if form.is_valid() and perform(request, act, done=_("Saved.")):
        return redirect(round_)
    context = {"form": form, "round": round_, "is_open": is_open, "cancel_url": round_.get_absolute_url()}
    return render(request, "appraisals/material_rules_edit.html", context)
