"""Pages of digests: gathered from ticked opinions, worded, fed back, acknowledged."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import Digest, DigestText, Opinion
from appraisals.opinions.actions import note_reading
from appraisals.opinions.digests import actions
from appraisals.opinions.digests.forms import DigestForm
from appraisals.opinions.digests.pages import said, shown
from appraisals.opinions.filters import DigestFilter
from appraisals.opinions.lists import DIGEST_COLUMNS, DIGEST_READS
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, words_of
from branches.rights import Right
from shell import lists
from shell.address import client_address

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def digest_list(request: AuthedRequest) -> HttpResponse:
    rows = Digest.objects.visible_to(request.user).select_related("organisation", "round")
    page = lists.page(
        request, rows, columns=DIGEST_COLUMNS, filters=DigestFilter, default_sort="-pk", reads=DIGEST_READS
    )
    return lists.render(request, "appraisals/digest_list.html", page)


@require_POST
def digest_create(request: AuthedRequest) -> HttpResponse:
    """First from the ticks of the list, then with the words."""
    request.user.require(Right.SORT_OPINIONS, _first(request))
    rows = list(_ticked(request))
    form = DigestForm(request.POST if "text" in request.POST else None)
    if form.is_valid():
        try:
            digest = actions.gather(rows, form.cleaned_data["text"], actor=request.user)
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
        else:
            messages.success(request, _("Saved. Look at it once more, then feed it back."))
            return redirect(digest)
    told = said(rows, request.user)
    if told["first"]:
        note_reading(told["first"], told["legible"], actor=request.user, address=client_address(request))
    return render(request, "appraisals/digest_create.html", {"form": form, **told})


def _ticked(request: AuthedRequest) -> Any:
    keys = lists.selected(request)
    return (
        Opinion.objects.awaiting(request.user).filter(pk__in=keys).select_related("organisation", "round", "concerns")
    )


def _first(request: AuthedRequest) -> Opinion:
    return get_object_or_404(Opinion.objects.visible_to(request.user), pk=(lists.selected(request) or [0])[0])


@require_safe
def digest_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    digest = _digest(request, pk)
    told = shown(digest, request.user)
    note_reading(digest, told["legible"], actor=request.user, address=client_address(request))
    return render(request, "appraisals/digest_detail.html", told)


@get_or_post
def digest_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    digest = _digest(request, pk)
    request.user.require(Right.SORT_OPINIONS, digest)
    worded = DigestText.objects.visible_to(request.user).filter(digest=digest).first()
    form = DigestForm(request.POST or None, initial={"text": worded.text if worded else ""})
    if form.is_valid():
        try:
            actions.reword(digest, form.cleaned_data["text"], actor=request.user)
            return redirect(digest)
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
    told = {"form": form, "digest": digest, "cancel_url": digest.get_absolute_url()}
    return render(request, "appraisals/digest_edit.html", told)


@require_POST
def digest_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _digest(request, pk), name, actions.move)


def _digest(request: AuthedRequest, pk: int) -> Digest:
    rows = Digest.objects.visible_to(request.user).select_related("organisation", "round", "concerns")
    return get_object_or_404(rows, pk=pk)
