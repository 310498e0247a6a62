"""Pages of an import: choose a file, name its columns, look at what was found, confirm."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.models import RosterImport
from branches.moving import moved
from branches.pages import perform
from branches.rights import Right
from branches.roster import files, pages
from branches.roster.actions import imports
from branches.roster.forms import AnswersForm, ColumnsForm, UploadForm
from branches.roster.intake import intake, look_again
from branches.roster.states import State
from shell import lists
from shell.htmx import wants_fragment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def roster_list(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.KEEP_REGISTER, None)
    rows = RosterImport.objects.visible_to(request.user).select_related("organisation", "job")
    return lists.render(request, "branches/roster_list.html", lists.page(request, rows, columns=pages.LIST))


@get_or_post
def roster_create(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.KEEP_REGISTER, None)
    near = request.GET.get("near", "")
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.user, near=near)
    if form.is_valid():
        try:
            return redirect("roster_map", intake(actor=request.user, **form.cleaned_data).pk)
        except ValidationError as refusal:
            form.add_error("file", refusal)
    cancel_url = reverse("roster_list")
    return render(request, "branches/roster_create.html", {"form": form, "near": near, "cancel_url": cancel_url})


@get_or_post
def roster_map(request: AuthedRequest, pk: int) -> HttpResponse:
    sent = _found(request, pk)
    if sent.state != State.MAPPING:
        return redirect(sent)
    if "look" in request.POST:
        perform(request, lambda: look_again(sent, request.POST.get("sheet", ""), actor=request.user), done=_("Read."))
        return redirect("roster_map", pk)
    form = ColumnsForm(request.POST or None, sent=sent)
    if form.is_valid():
        imports.name_columns(sent, actor=request.user, mapping=form.mapping)
        return redirect(sent)
    context = {"form": form, "sent": sent, "sheets": list(enumerate(sent.sheets)), "cancel_url": reverse("roster_list")}
    return render(request, "branches/roster_map.html", context)


@require_safe
@never_cache
def roster_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    sent = _found(request, pk)
    if sent.state == State.MAPPING:
        return redirect("roster_map", pk)
    part = "#import" if wants_fragment(request) else ""
    return render(request, f"branches/roster_detail.html{part}", pages.told_of_import(sent, request.user))


@require_POST
def roster_answer(request: AuthedRequest, pk: int) -> HttpResponse:
    sent = _found(request, pk)
    form = AnswersForm(request.POST, questions=files.outcome(sent.file_key).get("questions", []))
    if form.is_valid() and form.answers:
        perform(request, lambda: imports.answer(sent, actor=request.user, answers=form.answers), done=_("Saved."))
    else:
        messages.error(request, _("Please choose for at least one namesake."))
    return redirect("roster_detail", pk)


@require_POST
def roster_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    sent = _found(request, pk)
    answer = moved(request, sent, name, imports.move)
    return redirect("roster_list") if sent.state == State.DISCARDED else answer


@require_safe
def roster_template(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.KEEP_REGISTER, None)
    headers = {"Content-Disposition": "attachment; filename*=UTF-8''%E5%85%9A%E5%91%98%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx"}
    return HttpResponse(pages.template(), content_type=XLSX, headers=headers)


def _found(request: AuthedRequest, pk: int) -> RosterImport:
    rows = RosterImport.objects.visible_to(request.user).select_related("organisation", "job")
    return get_object_or_404(rows, pk=pk)
