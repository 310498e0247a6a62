"""The page that a slip leads to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.sign_in.tries import SaysHowLong
from shell.forms import ShellForm


class ActivationForm(SaysHowLong, ShellForm):
    """Login name and code from the slip, and a password of one's own."""

    takes_text = False  # no place for secrets of state

    login = forms.CharField(
        label=_("Login name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Activation code"),
        max_length=40,
        help_text=_("12 letters and digits on the slip; capital or small, with or without hyphens."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=128,
        strip=False,
        help_text=_("At least 10 characters; not like your name or login name, and no password that many people use."),
    )
    again = forms.CharField(label=_("Password once more"), max_length=128, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password", "again"):
            # Typed passwords stay on a refused page: a wrong letter in the code must not cost them as well.
            attrs = {**self.fields[name].widget.attrs, "autocomplete": "new-password"}
            self.fields[name].widget = forms.PasswordInput(render_value=True, attrs=attrs)

    def clean_login(self) -> str:
        return self.cleaned_data["login"].strip().lower()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "again" in told and told.get("password", told["again"]) != told["again"]:
            self.add_error("again", _("The two passwords differ."))
        return told
