"""The words of a digest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.opinions.digests.actions import LONGEST
from shell.forms import ShellForm


class DigestForm(ShellForm):
    text = forms.CharField(
        label=_("Digest"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "autofocus": True}),
        help_text=_("In your own words and merged: without who said it, when and by which way."),
    )
