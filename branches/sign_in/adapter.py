"""allauth as this product wants it. tests/branches/test_sign_in*.py pin what is changed here against its releases."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.actions import sign_in
from branches.activation.told import words_of_slips
from branches.models import User
from branches.sign_in.limits import LOCKED, failures_key, minutes_to_wait
from shell.address import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by login name only; failures counted per name and place; each event in the audit log."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("The login name or the password is wrong."),
        "account_inactive": gettext_lazy(
            "This account is closed. If you need it, please turn to the security administrator of your unit."
        ),
        "too_many_login_attempts": gettext_lazy("Too many wrong codes. Please try again in a quarter of an hour."),
        "rate_limited": gettext_lazy("Too many wrong codes. Please try again in a quarter of an hour."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """allauth's pages answer in HTML only."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("session_list")

    # --- signing in -------------------------------------------------------------------------------------------------
    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            sign_in.refuse(actor=user, address=client_address(request))
            raise self.validation_error("account_inactive")
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise self._locked(request, credentials["username"]) from None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_in.fail(actor=sign_in.Visitor(credentials["username"]), address=client_address(request))
        if minutes_to_wait(request, credentials["username"]):
            raise self._locked(request, credentials["username"])

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        sign_in.enter(actor=user, address=client_address(request))
        for words in words_of_slips(user):
            messages.warning(request, words)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return failures_key(request, credentials["username"])

    def _locked(self, request: HttpRequest, login: str) -> ValidationError:
        minutes = max(1, minutes_to_wait(request, login))
        words = _(
            "Too many wrong passwords. Please wait %(minutes)s minutes, then try again. If you have forgotten the"
            " password, ask the secretary of your branch for a new activation slip."
        )
        return ValidationError(words, LOCKED, {"minutes": minutes})

    def is_reauthentication_required(self, *, app: str = "") -> bool:
        """Not of somebody who has just signed in: allauth counts only a proof given for this very purpose."""
        signed_in = get_authentication_records(context.request, context.request.user)
        youngest = max((record["at"] for record in signed_in), default=0)
        is_fresh = time.time() - youngest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not is_fresh and super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {"reauthenticate": _("With the password instead"), "mfa_reauthenticate": _("With the app instead")}
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    # --- signed in --------------------------------------------------------------------------------------------------
    def logout(self, request: HttpRequest) -> None:
        sign_in.leave(request.session.session_key, actor=cast(User, request.user), address=client_address(request))
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        kept = self.request.session.session_key
        sign_in.change_password(password, actor=user, address=client_address(self.request), kept_session=kept)
