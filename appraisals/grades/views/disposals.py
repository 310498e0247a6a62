"""Pages of a disposal file, for the secretary and whoever leads at the committee that was informed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.grades.actions import disposals, reading
from appraisals.grades.forms import DisposalForm, DisposalNoteForm, InformedForm
from appraisals.grades.models import DisposalFile, DisposalNote
from appraisals.grades.policies import committee_above, keeps_files
from appraisals.grades.views.grades import PARTS
from appraisals.models import Grade
from branches import moving
from branches.http import AuthedRequest
from branches.models import Attachment
from branches.pages import kept
from branches.rights import Right
from shell.address import client_address


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def disposal_create(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who was informed, then the file."""
    grade = get_object_or_404(Grade.objects.visible_to(request.user).select_related(*PARTS), pk=pk)
    committee = committee_above(grade.organisation)
    request.user.require(Right.KEEP_FILE, DisposalFile(grade=grade, committee=committee))
    form = InformedForm(request.POST or None)
    if form.is_valid() and kept(
        request, form, lambda: disposals.open_file(grade, actor=request.user, **form.cleaned_data)
    ):
        return redirect("grade_detail", pk)
    told = {"form": form, "grade": grade, "committee": committee, "cancel_url": grade.get_absolute_url()}
    told["is_applied"] = keeps_files(grade.organisation, grade.entry.round.year)
    return render(request, "appraisals/disposal_create.html", told)


@require_safe
@never_cache
def disposal_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    reading.note_reading(file.grade, 1, actor=request.user, address=client_address(request))
    return render(request, "appraisals/disposal_detail.html", _shown(request, file))


def _shown(request: AuthedRequest, file: DisposalFile, **forms: Any) -> dict[str, Any]:
    is_open = file.state == DisposalFile.State.OPEN and request.user.may(Right.KEEP_FILE, file)
    return {
        "file": file,
        "notes": DisposalNote.objects.visible_to(request.user).filter(file=file),
        "attachments": Attachment.objects.visible_to(request.user).of(file),
        "may_keep": is_open,
        "form": DisposalForm(instance=file),
        "note_form": DisposalNoteForm(),
        **forms,
        **moving.shown(file, request.user),
    }


@require_POST
def disposal_change(request: AuthedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    request.user.require(Right.KEEP_FILE, file)
    form = DisposalForm(request.POST, instance=_file(request, pk))
    if form.is_valid() and kept(request, form, lambda: disposals.change(file, actor=request.user, **form.cleaned_data)):
        return redirect(file)
    return render(request, "appraisals/disposal_detail.html", _shown(request, file, form=form))


@require_POST
def disposal_note(request: AuthedRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    request.user.require(Right.KEEP_FILE, file)
    form = DisposalNoteForm(request.POST)
    if form.is_valid() and kept(request, form, lambda: disposals.note(file, actor=request.user, **form.cleaned_data)):
        return redirect(file)
    return render(request, "appraisals/disposal_detail.html", _shown(request, file, note_form=form))


@require_POST
def disposal_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _file(request, pk), name, disposals.move_file)


def _file(request: AuthedRequest, pk: int) -> DisposalFile:
    parts = ("committee", *(f"grade__{part}" for part in PARTS))
    return get_object_or_404(DisposalFile.objects.visible_to(request.user).select_related(*parts), pk=pk)
