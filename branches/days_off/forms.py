"""Where many days off are pasted at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from branches.days_off.lines import Line, read
from shell.forms import ShellForm

EXAMPLE = "2026-10-01～2026-10-07 国庆节 放假\n2026-10-10 国庆节 调休上班"


class DaysForm(ShellForm):
    """Lines of days; nothing is taken over while one of them is wrong."""

    lines = forms.CharField(
        label=_("Days"), max_length=10_000, widget=forms.Textarea({"rows": 6, "placeholder": EXAMPLE}),
        help_text=_("One line each: day or days, name, 放假 or 调休上班."),
    )  # fmt: skip

    def clean_lines(self) -> list[Line]:
        found, faults = read(self.cleaned_data["lines"])
        if faults:
            raise ValidationError(faults)
        return found
