"""The forms of the second step, with our words."""

from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from shell.forms import FormLayout


class Plain(FormLayout):
    """One field without a placeholder; no place for secrets of state."""

    takes_text = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _("Your password") if name == "password" else _("Code")
            field.help_text = ""


class CodeForm(Plain, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six digits from the app, or one of your recovery codes.")


class CodeAgain(Plain, CodeAgainForm):
    pass


class PasswordAgain(Plain, ReauthenticateForm):
    pass


class FirstCodeForm(Plain, ActivateTOTPForm):
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}))
