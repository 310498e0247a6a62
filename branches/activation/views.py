"""Giving slips, printing them, and using one. Codes are on the printed page alone: in no session and in no log."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.actions import activation
from branches.activation import columns
from branches.activation.chosen import called, chosen
from branches.activation.forms import ActivationForm
from branches.activation.once import form_of
from branches.activation.redeem import address, drawn, redeem, serves_this_computer_only
from branches.http import AuthedRequest
from branches.models.activation import members_for_slips
from branches.namesakes import call
from branches.pages import words_of
from branches.rights import Right
from branches.sign_in.tries import answered
from shell import lists
from shell.address import client_address


@require_safe
def slip_list(request: AuthedRequest) -> HttpResponse:
    """The members of one's branches, to choose who gets a slip."""
    request.user.require(Right.GIVE_SLIPS, None)
    rows = members_for_slips(request.user)
    page = lists.page(
        request, rows, columns=columns.slips(request.user), filters=columns.SlipFilter, default_sort="",
        deeds=[columns.PRINT], key=columns.needs_slip,
    )  # fmt: skip
    call(page.objects, request.user)
    return lists.render(request, "branches/slip_list.html", page, is_local=serves_this_computer_only())


@never_cache
@require_POST
def slip_create(request: AuthedRequest) -> HttpResponse:
    """The sheet to print, made once for each form: what is on it cannot be shown a second time."""
    request.user.require(Right.GIVE_SLIPS, None)
    try:
        slips = activation.give_slips(chosen(request), actor=request.user, form=form_of(request))
    except ValidationError as refusal:
        messages.error(request, "".join(words_of(refusal)))
        return redirect("slip_list")
    return render(request, "branches/slip_create.html", {"slips": called(slips, request.user), "address": address()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slip_renew(request: AuthedRequest, pk: int) -> HttpResponse:
    """A slip for somebody who has forgotten the password: asked first, then the sheet to print."""
    request.user.require(Right.GIVE_SLIPS, None)
    row = get_object_or_404(members_for_slips(request.user).exclude(username=None), member=pk)
    try:
        if request.method == "POST":
            sent = {"address": client_address(request), "form": form_of(request)}
            slips = called([activation.renew_password(row, actor=request.user, **sent)], request.user)
            return render(request, "branches/slip_create.html", {"slips": slips, "address": address()})
        activation.renewable(row, actor=request.user)  # refused before anybody is asked
    except ValidationError as refusal:
        messages.error(request, "".join(words_of(refusal)))
        return redirect("slip_list")
    return render(request, "branches/slip_renew.html", {"row": row, "cancel_url": reverse("slip_list")})


@cache_control(max_age=3600, private=True)
@require_safe
def slip_qr(request: AuthedRequest) -> HttpResponse:
    """The address of the activation page as a picture; the code is not in it."""
    return HttpResponse(drawn(address()), content_type="image/svg+xml")


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: AuthedRequest) -> HttpResponse:
    """Login name and code become an account with a password of one's own, signed in."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    form = ActivationForm(request.POST or None)
    if form.is_valid() and (user := redeem(request, form)):
        return perform_login(request, user)
    return answered(render(request, "branches/activate.html", {"form": form}), form)
