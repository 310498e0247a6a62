"""Middleware: an administrator without second step sees the page that sets it up, and no other."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from branches.second_step.adapter import has_second_step, is_compulsory

# What such an administrator may still open: setting it up, proving who he is, leaving, and the language.
OPEN = {"mfa_activate_totp", "account_reauthenticate", "account_logout", "set_language", "healthz", "readyz"}


class RequireSecondStep:
    """Asked when the view is known, so that an address that does not exist stays one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, *view: Any) -> HttpResponse | None:
        """Lead to the set-up of the second step, or let pass."""
        if request.resolver_match.url_name in OPEN or not request.user.is_authenticated:
            return None
        return redirect("mfa_activate_totp") if waits_outside(request.user) else None


def waits_outside(user: Any) -> bool:
    """True for an administrator who has yet to set up the second step."""
    return is_compulsory(user) and not has_second_step(user)
