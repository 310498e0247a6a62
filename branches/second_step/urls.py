"""Of allauth's pages about the second step those we offer. No download: recovery codes are printed."""

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("accounts/reauthenticate/", get_or_post(account.reauthenticate), name="account_reauthenticate"),
    path("accounts/second-step/", require_safe(base.index), name="mfa_index"),
    path("accounts/second-step/code/", login_not_required(get_or_post(base.authenticate)), name="mfa_authenticate"),
    path("accounts/second-step/code-again/", get_or_post(base.reauthenticate), name="mfa_reauthenticate"),
    path("accounts/second-step/app/", never_cache(get_or_post(totp.activate_totp)), name="mfa_activate_totp"),
    path("accounts/second-step/app/off/", get_or_post(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "accounts/second-step/recovery-codes/",
        never_cache(require_safe(recovery.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "accounts/second-step/recovery-codes/new/",
        get_or_post(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
