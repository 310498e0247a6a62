"""The form on which a superior exempts a branch from a form of meeting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.kinds import REGULAR
from shell.forms import DateField, ShellForm


class ExemptionForm(ShellForm):
    form = forms.ChoiceField(label=_("Form"), choices=[("", _("Please choose")), *REGULAR])
    since = DateField(label=_("From"))
    until = DateField(label=_("Until"), required=False, help_text=_("Open: until it is taken back."))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))

    arrange = ("form", ("since", "until"), "reason")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("since") and found.get("until") and found["until"] < found["since"]:
            raise ValidationError({"until": _("The last day must not lie before the first day.")})
        return found
