"""Signing in, changing one's password, and seeing where one is signed in. The forms behind them are allauth's."""

from allauth.account import views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.actions import sign_in
from branches.http import AuthedRequest
from branches.models import Activation
from branches.sign_in.sessions import SESSIONS, device
from branches.sign_in.tries import answered
from shell.address import client_address


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_login(request: AuthedRequest) -> HttpResponse:
    """allauth's page; whoever must wait gets a 429 that says how long."""
    response = views.login(request)
    return answered(response, getattr(response, "context_data", {}).get("form"))


@require_http_methods(["GET", "HEAD", "POST"])
def account_change_password(request: AuthedRequest) -> HttpResponse:
    """allauth's page, for accounts that have a password to change."""
    if not request.user.has_usable_password():
        raise PermissionDenied(_("This account has no password."))
    return views.password_change(request)


@require_safe
def session_list(request: AuthedRequest) -> HttpResponse:
    """Where one is signed in, and which slips were given for a new password."""
    sessions = SESSIONS.visible_to(request.user)
    rows = [(session, device(session.user_agent)) for session in sessions]
    slips = Activation.objects.for_password_of(request.user)
    context = {"rows": rows, "current": request.session.session_key, "slips": slips}
    return render(request, "branches/session_list.html", context)


@require_POST
def session_end(request: AuthedRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(SESSIONS.visible_to(request.user), pk=pk)
    sign_in.end_session(session, actor=request.user, address=client_address(request))
    messages.success(request, _("That sign-in has been ended."))
    return redirect("session_list")
