"""Pages around the page open to strangers, that page itself, and answers."""

from functools import lru_cache

import qrcode
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from appraisals.models import Digest, OpinionAnswer, OpinionPage
from appraisals.opinions.desk import Desk
from appraisals.opinions.doors import actions
from appraisals.opinions.doors.forms import AnswerForm, CodeForm, PageForm, StrangerForm
from appraisals.opinions.doors.strangers import is_too_much, page_of, told_under
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, words_of
from branches.rights import Right
from workflow import codes
from workflow.actors import SYSTEM, require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def opinion_page_create(request: AuthedRequest) -> HttpResponse:
    desk = Desk.of(request)
    if desk is None:
        raise Http404
    require_any(request.user, actions.OPENERS, OpinionPage(organisation=desk.organisation))
    form = PageForm(request.POST or None)
    if form.is_valid():
        until = form.cleaned_data["until"]
        try:
            return redirect(actions.ask_for_page(desk.round, desk.organisation, until, actor=request.user))
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
    told = {"form": form, "desk": desk, "cancel_url": reverse("opinion_list")}
    return render(request, "appraisals/opinion_page_create.html", told)


@require_safe
def opinion_page_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    page = _page(request, pk)
    address = settings.PUBLIC_URL + reverse("opinion_public", args=[page.token])
    told = {"door": page, "address": address, "is_open": page.state == OpinionPage.State.OPEN}
    return render(request, "appraisals/opinion_page_detail.html", told | moving.shown(page, request.user))


@require_safe
def opinion_page_qr(request: AuthedRequest, pk: int) -> HttpResponse:
    """The address as a picture."""
    address = settings.PUBLIC_URL + reverse("opinion_public", args=[_page(request, pk).token])
    return HttpResponse(_drawn(address), content_type="image/svg+xml")


@lru_cache
def _drawn(url: str) -> bytes:
    return qrcode.make(url, image_factory=SvgPathImage, border=1).to_string(encoding="utf-8")


@require_POST
def opinion_page_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _page(request, pk), name, actions.move_page)


def _page(request: AuthedRequest, pk: int) -> OpinionPage:
    rows = OpinionPage.objects.visible_to(request.user).select_related("organisation", "round")
    return get_object_or_404(rows, pk=pk)


# --- Answers --------------------------------------------------------------------------------------------------------
@get_or_post
def opinion_answer_create(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Digest.objects.visible_to(request.user).select_related("organisation", "round")
    digest = get_object_or_404(rows, pk=pk)
    request.user.require(Right.SORT_OPINIONS, digest)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(actions.propose_answer(digest, form.cleaned_data["text"], actor=request.user))
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
    told = {"form": form, "digest": digest, "cancel_url": digest.get_absolute_url()}
    return render(request, "appraisals/opinion_answer_create.html", told)


@require_safe
def opinion_answer_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    answer = _answer(request, pk)
    told = {"answer": answer, **moving.shown(answer, request.user)}
    return render(request, "appraisals/opinion_answer_detail.html", told)


@require_POST
def opinion_answer_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _answer(request, pk), name, actions.move_answer)


def _answer(request: AuthedRequest, pk: int) -> OpinionAnswer:
    rows = OpinionAnswer.objects.visible_to(request.user).select_related("organisation", "digest__organisation")
    return get_object_or_404(rows, pk=pk)


# --- Strangers ------------------------------------------------------------------------------------------------------
@sensitive_post_parameters()
@never_cache
@login_not_required
@get_or_post
def opinion_public(request: HttpRequest, token: str) -> HttpResponse:
    """The page: an opinion, and what stands under a code; the same 404 for what never was and what is closed.

    Its address goes to no other site by the policy of all pages (same-origin). With none at all (no-referrer) browsers
    send the form from nowhere (Origin: null), and the check against forgery would refuse it.
    """
    if request.method == "POST" and is_too_much(request):
        return HttpResponse(status=429, headers={"Retry-After": "900"})
    if (door := page_of(token)) is None:
        raise Http404
    told = _asked(request, door) if request.POST.get("act") == "ask" else _written(request, door)
    response = render(request, "appraisals/opinion_public.html", {"door": door, **told})
    response["X-Robots-Tag"] = "noindex"
    return response


@sensitive_post_parameters()
@csrf_exempt  # a cookie for the check would be one too many; the code is the right, and nothing is changed
@never_cache
@login_not_required
@get_or_post
def ticket_public(request: HttpRequest) -> HttpResponse:
    """What stands under a code, after its page is closed too. No cookie is read or set (shell.middleware)."""
    if request.method == "POST" and is_too_much(request):
        return HttpResponse(status=429, headers={"Retry-After": "900"})
    asking, told = CodeForm(request.POST or None), None
    if asking.is_valid():
        told = told_under(asking.cleaned_data["code"])
    response = render(request, "appraisals/ticket_public.html", {"asking": asking, "told": told})
    response["X-Robots-Tag"] = "noindex"
    return response


def _written(request: HttpRequest, door: OpinionPage) -> dict[str, object]:
    form, code = StrangerForm(request.POST or None), codes.new_code()
    if form.is_valid():
        try:
            actions.take_down(door, form.cleaned_data["target"], form.cleaned_data["text"], code, actor=SYSTEM)
            return {"form": StrangerForm(), "asking": CodeForm(), "code": codes.grouped(code)}
        except ValidationError as refusal:
            form.add_error(None, words_of(refusal))
    return {"form": form, "asking": CodeForm()}


def _asked(request: HttpRequest, door: OpinionPage) -> dict[str, object]:
    asking = CodeForm(request.POST)
    told = told_under(asking.cleaned_data["code"]) if asking.is_valid() else {"fault": _("Please fill this in.")}
    return {"form": StrangerForm(), "asking": asking, "told": told}
