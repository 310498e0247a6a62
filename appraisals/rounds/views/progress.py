"""Pages of branches on their way through a round: the board, the list, one stage of one branch."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import MakeupItem, Progress
from appraisals.rounds import lists as columns
from appraisals.rounds.actions import gate as actions
from appraisals.rounds.actions import makeup
from appraisals.rounds.board import Board
from appraisals.rounds.filters import MakeupFilter, ProgressFilter
from appraisals.rounds.forms import ExtensionForm, GiveBackForm
from appraisals.rounds.gate import findings
from appraisals.rounds.pages import ASKED, asked_at_gate, asked_of_many, gate_of, steps_of
from appraisals.rounds.views.plan import round_of
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, kept, words_of
from branches.rights import Right
from shell import lists
from shell.asked import asked
from shell.confirm import ask

PARTS = ("organisation", "stage", "round", "round__organisation")
DEEDS = {"pass_on": columns.PASS_ON, "request": columns.REQUEST, "report": columns.REPORT}


@require_safe
def progress_board(request: AuthedRequest, pk: int) -> HttpResponse:
    board = Board(request, round_of(request, pk))
    return render(request, "appraisals/progress_board.html", {"round": board.round, "board": board})


@require_safe
def branch_stages(request: AuthedRequest, pk: int) -> HttpResponse:
    """All stages of the branch that this one belongs to."""
    row = _progress(request, pk)
    steps = steps_of(row.round, row.organisation, request.user)
    context = {"round": row.round, "organisation": row.organisation, "steps": steps}
    return render(request, "appraisals/branch_stages.html", context)


@require_safe
def progress_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Progress).visible_to(request.user).select_related(*PARTS).with_late(timezone.localdate())
    deeds = columns.deeds_for(request.GET, request.user)
    page = lists.page(
        request, rows, columns=columns.PROGRESS, filters=ProgressFilter, default_sort="due_on", deeds=deeds,
        reads=columns.PROGRESS_READS,
    )  # fmt: skip
    return lists.render(request, "appraisals/progress_list.html", page)


@require_safe
def progress_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "appraisals/progress_detail.html", gate_of(_progress(request, pk), request.user))


@require_POST
def progress_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    row = _progress(request, pk)
    cautions = asked_at_gate(findings([row], request.user)[row.pk], [name]) if name in ASKED else {}
    return moving.moved(request, row, name, actions.move, cautions)


@require_POST
def progress_batch(request: AuthedRequest, name: str) -> HttpResponse:
    """One move for the ticked branches, round by round; what could not be done is said branch by branch."""
    if name not in DEEDS:
        raise Http404
    request.user.require(Right.ACCEPT if name == "pass_on" else Right.ENTER_FOR, None)
    rows = Progress.objects.visible_to(request.user).filter(pk__in=lists.selected(request)).select_related(*PARTS)
    back = _back(request)
    if (text := asked_of_many(rows, name, request.user)) and (
        page := ask(request, title=str(DEEDS[name].label), text=text, back=back, carry={"back": back})
    ):
        return page
    by_stage: dict[int, list[Progress]] = {}
    for row in rows:
        by_stage.setdefault(row.stage_id, []).append(row)
    for group in by_stage.values():
        _say(request, group, name)
    return redirect(back)


def _say(request: AuthedRequest, group: list[Progress], name: str) -> None:
    try:
        found = actions.move_many(group, name, actor=request.user)
    except REFUSALS as refusal:
        messages.error(request, "；".join(words_of(refusal)))
        return
    if n := len(found.moved):
        messages.success(request, ngettext("Done for %d branch.", "Done for %d branches.", n) % n)
    labels = {row.pk: row.organisation.label for row in group}
    for key, why in list(found.refused.items())[:10]:
        messages.warning(request, f"{labels[key]}：{why}")
    if (more := len(found.refused) - 10) > 0:
        messages.warning(request, _("And %d more.") % more)


def _back(request: AuthedRequest) -> str:
    """The list it was asked from; once a question came between, as that has carried it."""
    address = request.POST.get("back", "") or request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else reverse("progress_list")


@require_http_methods(["GET", "HEAD", "POST"])
def progress_extend(request: AuthedRequest, pk: int) -> HttpResponse:
    progress = _progress(request, pk)
    request.user.require(Right.ACCEPT, progress)
    form = ExtensionForm(request.POST or None)
    if form.is_valid() and kept(
        request, form, lambda: actions.extend(progress, actor=request.user, **form.cleaned_data)
    ):
        return redirect(progress)
    return render(request, "appraisals/progress_extend.html", {"form": form, "progress": progress})


@require_http_methods(["GET", "HEAD", "POST"])
def progress_give_back(request: AuthedRequest, pk: int) -> HttpResponse:
    progress = _progress(request, pk)
    request.user.require(Right.ACCEPT, progress)
    form = GiveBackForm(request.POST or None)
    if form.is_valid() and kept(
        request, form, lambda: actions.give_back(progress, actor=request.user, **form.cleaned_data)
    ):
        return redirect(progress)
    return render(request, "appraisals/progress_give_back.html", {"form": form, "progress": progress})


@require_safe
def makeup_list(request: AuthedRequest) -> HttpResponse:
    rows = MakeupItem.objects.visible_to(request.user).select_related("organisation", "stage", "member")
    page = lists.page(
        request,
        rows.with_late(timezone.localdate()),
        columns=columns.MAKEUP,
        filters=MakeupFilter,
        default_sort="due_on",
    )
    return lists.render(request, "appraisals/makeup_list.html", page)


@require_safe
def makeup_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    return render(request, "appraisals/makeup_detail.html", {"item": item, **moving.shown(item, request.user)})


@require_POST
def makeup_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _item(request, pk), name, makeup.move)


def _progress(request: AuthedRequest, pk: int) -> Progress:
    rows = Progress.objects.visible_to(request.user).select_related(*PARTS).with_late(timezone.localdate())
    return get_object_or_404(rows, pk=pk)


def _item(request: AuthedRequest, pk: int) -> MakeupItem:
    rows = MakeupItem.objects.visible_to(request.user).select_related("organisation", "stage", "round", "member")
    return get_object_or_404(rows, pk=pk)
