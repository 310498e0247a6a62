"""What a reviewer sends from the reading view, and what an author answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.materials.models.comments import LONGEST, LONGEST_QUOTE
from shell.forms import ShellForm


class PassageForm(ShellForm):
    """A passage and what is said about it; title, quote and start are set by the reading view."""

    note = forms.CharField(label=_("Comment"), max_length=LONGEST)
    title = forms.CharField(max_length=80)
    quote = forms.CharField(max_length=LONGEST_QUOTE, strip=False)
    start = forms.IntegerField(min_value=0)

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        return {name: self.cleaned_data[name] for name in ("title", "quote", "start")}
