"""Pages of the grades of one branch."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.grades.actions import announcing, moving, reading, saying, sharing, weighing
from appraisals.grades.filters import GradingFilter
from appraisals.grades.forms import AssemblyForm, GridForm, SharesForm
from appraisals.grades.lists import columns, listed
from appraisals.grades.models import Grade, GradeText
from appraisals.grades.pages import BATCH, READERS, WRITERS, GradingPage, Line, asked_before, own_grade, page_of
from appraisals.grades.quotas import below_pool, limit_of
from appraisals.models import Grading
from branches import moving as buttons
from branches.http import AuthedRequest
from branches.pages import REFUSALS, kept, words_of
from branches.rights import Right
from shell import lists
from shell.address import client_address
from workflow.actors import require_any

WEIGHERS = (*WRITERS, Right.SETTLE_GRADE)  # the superior weighs secretaries of branches without a committee
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def grading_list(request: AuthedRequest) -> HttpResponse:
    reads: set[int] = set()
    page = lists.page(
        request, listed(request.user), columns=columns(reads), filters=GradingFilter, default_sort="organisation"
    )
    reads |= {row.pk for row in page.objects if any(request.user.may(right, row) for right in READERS)}
    return lists.render(request, "appraisals/grading_list.html", page, own=own_grade(request.user))


@require_safe
@never_cache
def grading_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the committee weighs, member by member, and what is to be done next."""
    page = _page(request, pk)
    context = {"page": page, **buttons.shown(page.grading, request.user, asked_before(page))}
    return render(request, "appraisals/grading_detail.html", context)


@get_or_post
@never_cache
def grading_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Grade the members of a branch on one page; with ?member= one of them, with all his words."""
    page = _page(request, pk, WEIGHERS)
    lines = _writable(request, page)
    texts = GradeText.objects.visible_to(request.user).in_bulk([line.grade.pk for line in lines if line.grade])
    form = GridForm(request.POST or None, lines=lines, texts=texts)
    if form.is_valid() and _weighed(request, page, form):
        return redirect(page.grading)
    status = 409 if form.theirs else 200
    return render(request, "appraisals/grading_edit.html", {"page": page, "form": form}, status=status)


def _writable(request: AuthedRequest, page: GradingPage) -> Sequence[Line]:
    """The members this person may write of; the one asked for. Raises Http404 for none such."""
    asked = request.GET.get("member", "")
    lines = [line for line in page.lines if line.may_write and asked in ("", str(line.entry.pk))]
    if asked and not lines:
        raise Http404
    return lines


def _weighed(request: AuthedRequest, page: GradingPage, form: GridForm) -> bool:
    rows = form.weighed()
    try:
        return kept(request, form, lambda: rows and weighing.weigh(page.grading, rows, actor=request.user))
    except weighing.Behind as behind:
        form.fall_behind(behind.entries)
        return False


@require_POST
def grading_batch(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    """One step of the members ticked."""
    grading = _grading(request, pk)
    require_any(request.user, READERS, grading)
    if name not in BATCH:
        raise Http404
    grades = _ticked(request, grading)
    try:
        moved = moving.move_many(grading, grades, name, actor=request.user) if grades else []
    except REFUSALS as refusal:
        for words in words_of(refusal):
            messages.error(request, words)
        return redirect(grading)
    _tell(request, len(moved), len(grades))
    return redirect(grading)


def _tell(request: AuthedRequest, moved: int, asked: int) -> None:
    if not asked:
        messages.error(request, _("Please tick at least one member."))
    elif moved:
        messages.success(request, ngettext("Done for %(n)d member.", "Done for %(n)d members.", moved) % {"n": moved})
    if asked > moved:
        left = asked - moved
        told = ngettext("%(n)d member ticked is not at this step.", "%(n)d members ticked are not at this step.", left)
        messages.warning(request, told % {"n": left})


def _ticked(request: AuthedRequest, grading: Grading) -> list[Grade]:
    rows = (
        Grade.objects.visible_to(request.user)
        .due()
        .filter(
            pk__in=lists.selected(request), entry__round=grading.round_id, entry__organisation=grading.organisation_id
        )
    )
    return list(rows.select_related("entry__member", "entry__organisation", "entry__round").order_by("pk"))


@get_or_post
@never_cache
def grading_vote(request: AuthedRequest, pk: int) -> HttpResponse:
    """The assembly has voted: numbers for the members ticked."""
    page = _page(request, pk, WEIGHERS)
    lines = page.to_vote
    form = AssemblyForm(request.POST or None)
    picked = {grade.pk for grade in _ticked(request, page.grading)} if form.is_bound else set()
    grades = [line.grade for line in lines if line.grade and line.grade.pk in picked]
    if form.is_valid() and kept(request, form, lambda: _voted(request, form, grades)):
        return redirect(page.grading)
    told: dict[str, Any] = {"page": page, "lines": lines, "form": form, "picked": picked}
    return render(request, "appraisals/grading_vote.html", told)


def _voted(request: AuthedRequest, form: AssemblyForm, grades: Sequence[Grade]) -> None:
    found = form.cleaned_data
    saying.vote(grades, form.numbers, found["held_on"], actor=request.user, minute=found["minute"])


@get_or_post
def grading_shares(request: AuthedRequest, pk: int) -> HttpResponse:
    """Distribute the 优秀 of the pool this branch belongs to."""
    grading = _grading(request, pk)
    limit = limit_of(grading)
    request.user.require(Right.LEAD_ABOVE, limit.place)
    form = SharesForm(request.POST or None, rows=below_pool(grading, limit, request.user))
    if form.is_valid() and kept(request, form, lambda: sharing.share_out(grading, form.shares, actor=request.user)):
        return redirect("grading_shares", pk)
    return render(request, "appraisals/grading_shares.html", {"grading": grading, "limit": limit, "form": form})


@require_POST
def grading_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    grading, user = _grading(request, pk), request.user
    asks = name == "announce" and any(user.may(right, grading) for right in READERS)
    cautions = asked_before(page_of(grading, user)) if asks else {}
    return buttons.moved(request, grading, name, announcing.move_grading, cautions)


@require_safe
def grading_announcement(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the members of the branch are told, to read and to print: totals, and the names of the excellent."""
    grading = _grading(request, pk)
    if not grading.is_announced:
        raise Http404
    own, style = own_grade(request.user, grading.round_id), static("branchlife/print-a4.css")
    return render(request, "appraisals/grading_announcement.html", {"grading": grading, "own": own, "style": style})


def _grading(request: AuthedRequest, pk: int) -> Grading:
    rows = Grading.objects.visible_to(request.user).select_related("organisation", "round", "round__organisation")
    return get_object_or_404(rows, pk=pk)


def _page(request: AuthedRequest, pk: int, rights: Sequence[str] = READERS) -> GradingPage:
    """The page of a grading, told to the audit log. Raises Http404, PermissionDenied."""
    grading = _grading(request, pk)
    require_any(request.user, rights, grading)
    page = page_of(grading, request.user)
    reading.note_reading(grading, page.shown, actor=request.user, address=client_address(request))
    return page
