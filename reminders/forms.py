"""Where and when a person wants to be reminded by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reminders.models import Mailbox
from reminders.models.mail import HOURS
from shell.forms import ShellForm


class MailForm(ShellForm):
    takes_text = False

    address = forms.EmailField(
        label=_("Mail address"),
        required=False,
        max_length=254,
        help_text=_("Your own choice, seen by nobody else. Empty: no mails."),
    )
    daily = forms.BooleanField(
        label=_("Daily reminder"),
        required=False,
        help_text=_("At most one mail a day, and only when something is soon due."),
    )
    hour = forms.TypedChoiceField(label=_("At"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in HOURS])

    @classmethod
    def of(cls, mailbox: Mailbox | None, data: Any = None) -> "MailForm":
        """The form as the person has chosen so far."""
        mailbox = mailbox or Mailbox()
        address = mailbox.pending or mailbox.address
        return cls(data, initial={"address": address, "daily": mailbox.daily, "hour": mailbox.hour})


class CodeForm(ShellForm):
    takes_text = False

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
