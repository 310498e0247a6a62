"""Pages of the plan of a round: its stages and requirements, the templates it begins from, its revisions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import PlanRevision, Requirement, Round, Stage
from appraisals.rounds.actions import plan as actions
from appraisals.rounds.forms import RequirementForm, RevisionForm, StageForm, TemplateForm
from appraisals.rounds.pages import cautions_of, plan_of
from branches.http import AuthedRequest
from branches.pages import kept, perform
from branches.rights import Right

FORM = ["GET", "HEAD", "POST"]


def round_of(request: AuthedRequest, pk: int) -> Round:
    """A round this person sees. Raises Http404."""
    return get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _planned(request: AuthedRequest, pk: int) -> Round:
    """A round whose plan this person lays down. Raises Http404, PermissionDenied."""
    round_ = round_of(request, pk)
    request.user.require(Right.RUN_ROUNDS, round_)
    return round_


@require_safe
def round_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = round_of(request, pk)
    may_plan = request.user.may(Right.RUN_ROUNDS, round_)
    revisions = PlanRevision.objects.visible_to(request.user).filter(round=round_)
    told = {
        "plan": plan_of(round_, request.user),
        "cautions": cautions_of(round_, request.user),
        "revisions": revisions,
    }
    return render(request, "appraisals/round_plan.html", {"round": round_, "may_plan": may_plan, **told})


@require_http_methods(FORM)
def plan_begin(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = _planned(request, pk)
    planned = Stage.objects.visible_to(request.user).values("round")
    others = Round.objects.visible_to(request.user).exclude(pk=pk).filter(pk__in=planned)
    form = TemplateForm(request.POST or None, rounds=others)
    if form.is_valid():
        found = form.cleaned_data
        first = found["first"] or round_.roster_on
        if kept(request, form, lambda: _begin(round_, found, first, request.user)):
            return redirect("round_plan", pk)
    return render(request, "appraisals/plan_begin.html", {"form": form, "round": round_})


def _begin(round_: Round, found: dict[str, Any], first: Any, user: Any) -> None:
    if found["other"]:
        actions.copy_plan(round_, found["other"], actor=user)
    else:
        actions.take_template(round_, found["template"], first, actor=user)


@require_http_methods(FORM)
def stage_create(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = _planned(request, pk)
    form = StageForm(request.POST or None, instance=Stage(round=round_))
    if form.is_valid() and kept(request, form, lambda: actions.save_stage(form.instance, actor=request.user)):
        return redirect("round_plan", pk)
    return render(request, "appraisals/stage_create.html", {"form": form, "round": round_})


@require_http_methods(FORM)
def stage_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = _stage(request, pk)
    form = StageForm(request.POST or None, instance=stage)
    if form.is_valid() and kept(request, form, lambda: actions.save_stage(form.instance, actor=request.user)):
        return redirect("round_plan", stage.round_id)
    return render(request, "appraisals/stage_edit.html", {"form": form, "round": stage.round, "stage": stage})


@require_POST
def stage_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = _stage(request, pk)
    perform(request, lambda: actions.drop_stage(stage, actor=request.user), done=_("Taken out of the plan."))
    return redirect("round_plan", stage.round_id)


@require_http_methods(FORM)
def requirement_create(request: AuthedRequest, pk: int) -> HttpResponse:
    stage = _stage(request, pk)
    form = RequirementForm(
        request.POST or None,
        instance=Requirement(
            stage=stage, position=Requirement.objects.visible_to(request.user).filter(stage=stage).count() + 1
        ),
    )
    return _requirement(request, form, stage)


@require_http_methods(FORM)
def requirement_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    requirement = _needed(request, pk)
    form = RequirementForm(request.POST or None, instance=requirement)
    return _requirement(request, form, requirement.stage)


def _requirement(request: AuthedRequest, form: RequirementForm, stage: Stage) -> HttpResponse:
    if form.is_valid() and kept(request, form, lambda: actions.save_requirement(form.instance, actor=request.user)):
        return redirect("round_plan", stage.round_id)
    return render(request, "appraisals/requirement_edit.html", {"form": form, "round": stage.round, "stage": stage})


@require_POST
def requirement_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    requirement = _needed(request, pk)
    perform(
        request, lambda: actions.drop_requirement(requirement, actor=request.user), done=_("Taken out of the plan.")
    )
    return redirect("round_plan", requirement.stage.round_id)


@require_http_methods(FORM)
def round_revise(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = _planned(request, pk)
    stages = Stage.objects.visible_to(request.user).filter(round=round_)
    needed = Requirement.objects.visible_to(request.user).in_force(round_).select_related("stage")
    form = RevisionForm(request.POST or None, stages=stages, needed=needed)
    if form.is_valid() and kept(request, form, lambda: actions.revise(round_, actor=request.user, **form.told)):
        return redirect("round_plan", pk)
    return render(request, "appraisals/round_revise.html", {"form": form, "round": round_})


def _stage(request: AuthedRequest, pk: int) -> Stage:
    """A stage of a round whose plan this person lays down. Raises Http404, PermissionDenied."""
    stage = get_object_or_404(Stage.objects.visible_to(request.user), pk=pk)
    stage.round = _planned(request, stage.round_id)
    return stage


def _needed(request: AuthedRequest, pk: int) -> Requirement:
    """As `_stage`, of something a stage requires."""
    requirement = get_object_or_404(Requirement.objects.visible_to(request.user), pk=pk)
    requirement.stage = _stage(request, requirement.stage_id)
    return requirement
