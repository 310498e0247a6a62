"""The forms of signing in, with our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django.utils.translation import gettext_lazy as _

from branches.sign_in.tries import SaysHowLong
from shell.forms import FormLayout


class SignInForm(SaysHowLong, FormLayout, LoginForm):
    takes_text = False  # a login name and a password: no place for secrets of state

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PasswordForm(FormLayout, ChangePasswordForm):
    takes_text = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "At least 10 characters; not like your name or login name, and no password that many people use."
        )
        self.fields["password2"].label = _("New password once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
