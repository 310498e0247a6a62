"""Pages of visits and checklists."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import OwnChecklist, Visit
from appraisals.rounds.lists import URGE
from appraisals.supervision import board
from appraisals.supervision.actions import checklists, visits
from appraisals.supervision.checklists import SHIPPED
from appraisals.supervision.due import asked_for
from appraisals.supervision.filters import OverseenFilter, VisitFilter
from appraisals.supervision.forms import ChecklistForm
from appraisals.supervision.lists import VISIT_COLUMNS, VISIT_READS
from appraisals.supervision.offered import checklist_of
from appraisals.supervision.pages import branch_of, choices, chosen, listed, overseen, sheet_of, shown
from appraisals.supervision.writing import Writing
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import kept, perform
from branches.rights import Right
from branches.rules.pages import may_set
from shell import lists

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def supervision_list(request: AuthedRequest) -> HttpResponse:
    """My branches: where each stands, what it lacks, what fell short, when it was visited."""
    told: dict[int, Any] = {}
    rows = overseen(request.user)
    page = lists.page(
        request, rows, columns=board.columns(told), filters=OverseenFilter, default_sort="path", deeds=(URGE,),
        key=board.at_work(told),
    )  # fmt: skip
    told |= board.told_of(page.objects, request.user)
    told_above = {"near": board.near(request.user), "needed": asked_for(request.user)}
    context = {**told_above, "may_write": request.user.may(Right.OVERSEE, None)}
    return lists.render(request, "appraisals/supervision_list.html", page, **context)


@require_safe
def visit_list(request: AuthedRequest) -> HttpResponse:
    page = lists.page(
        request, listed(request.user), columns=VISIT_COLUMNS, filters=VisitFilter, default_sort="-visited_on",
        reads=VISIT_READS,
    )  # fmt: skip
    may_write, may_export = (request.user.may(right, None) for right in (Right.OVERSEE, Right.EXPORT))
    return lists.render(request, "appraisals/visit_list.html", page, may_write=may_write, may_export=may_export)


@get_or_post
def visit_create(request: AuthedRequest) -> HttpResponse:
    """First the branch, then the checklist, then the page to write on."""
    branch = branch_of(request)
    checklist = chosen(request, branch) if branch else None
    if branch is None or checklist is None:
        return render(request, "appraisals/visit_choose.html", {"branch": branch, "choices": choices(request, branch)})
    page = Writing(request, branch, sheet_of(request, branch, checklist), f"visit:{checklist.code}")
    return page.answer(partial(visits.write, branch, checklist))


@get_or_post
def visit_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    request.user.require(Right.WRITE_VISIT, visit)
    if not visit.is_draft:
        return redirect(visit)
    sheet = sheet_of(request, visit.organisation, checklist_of(visit), visit)
    page = Writing(request, visit.organisation, sheet, f"visit-draft:{pk}", visit)
    return page.answer(partial(visits.rewrite, visit))


@get_or_post
def visit_correct(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = _visit(request, pk)
    request.user.require(Right.WRITE_VISIT, visit)
    if not visit.is_standing and request.method != "POST":
        return redirect(visit)
    sheet = sheet_of(request, visit.organisation, checklist_of(visit), visit, corrects=True)
    page = Writing(request, visit.organisation, sheet, f"visit-correction:{pk}", visit)
    return page.answer(partial(visits.correct, visit))


@require_safe
def visit_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "appraisals/visit_detail.html", shown(_visit(request, pk), request.user))


@require_POST
def visit_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _visit(request, pk), name, visits.move)


@get_or_post
def checklist_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """The checklists that hold for the branches below an organisation, and a new wording."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not may_set(request.user, organisation):
        raise PermissionDenied
    form = ChecklistForm(request.POST or None)
    if form.is_valid() and kept(request, form, lambda: checklists.word(organisation, *form.told, actor=request.user)):
        return redirect(request.path)
    rows = OwnChecklist.objects.visible_to(request.user).on(request.user.reach.day).filter(organisation=organisation)
    told = {"form": form, "organisation": organisation, "own": list(rows.order_by("name")), "shipped": SHIPPED.values()}
    return render(request, "appraisals/checklist_edit.html", told)


@require_POST
def checklist_end(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = OwnChecklist.objects.visible_to(request.user).select_related("organisation")
    row = get_object_or_404(rows, pk=pk)
    perform(request, lambda: checklists.end(row, actor=request.user), done=_("Ended."))
    return redirect("checklist_edit", row.organisation_id)


def _visit(request: AuthedRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related("organisation", "round", "visitor", "corrects")
    return get_object_or_404(rows, pk=pk)
