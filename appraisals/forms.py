"""What is typed for a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round
from branches.models import Organisation
from shell.forms import ShellModelForm


class RoundForm(ShellModelForm):
    aspects = forms.CharField(
        label=_("Aspects"), max_length=2000, widget=forms.Textarea({"rows": 6}), help_text=_("One aspect a line.")
    )
    arrange = (("organisation", "year"), ("name", "reference"), ("roster_on", "due_on"), "aspects")

    class Meta:
        model = Round
        fields = ["organisation", "year", "name", "reference", "roster_on", "due_on"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean_aspects(self) -> list[str]:
        return [line.strip()[:80] for line in self.cleaned_data["aspects"].splitlines() if line.strip()]


def round_organisations(user: Any) -> Any:
    """The organisations at which this person may open a round: those of an oversight, not all below."""
    rows = Organisation.objects.visible_to(user)
    return rows.filter(path__in=user.reach.oversight_paths("run_rounds"))
