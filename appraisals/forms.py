"""What is typed for a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round
from appraisals.rounds import templates
from branches.models import Organisation
from shell.forms import ShellModelForm


class RoundForm(ShellModelForm):
    template = forms.ChoiceField(label=_("Kind of campaign"), required=False, help_text=_("Its stages are laid down."))
    other: Any = forms.ModelChoiceField(
        label=_("Or copied from"), queryset=None, required=False,
        help_text=_("Stages as many days after the roster day as there; its aspects, where none are written below."),
    )  # fmt: skip
    aspects = forms.CharField(
        label=_("Aspects"), max_length=2000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("One aspect a line."),
    )  # fmt: skip
    arrange = (
        ("organisation", "year"), ("name", "reference"), ("roster_on", "due_on"), ("template", "other"), "aspects",
    )  # fmt: skip

    class Meta:
        model = Round
        fields = ["organisation", "year", "name", "reference", "roster_on", "due_on"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = round_organisations(user)  # type: ignore[attr-defined]
        self.fields["other"].queryset = Round.objects.visible_to(user).order_by("-pk")  # type: ignore[attr-defined]
        campaigns = [("", _("I lay down the stages myself")), *templates.choices()]
        self.fields["template"].choices = campaigns  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("template") and found.get("other"):
            self.add_error("other", _("Please choose either a campaign or a round to copy."))
        if not found.get("aspects") and not found.get("other") and "aspects" not in self.errors:
            self.add_error("aspects", _("Please write at least one aspect."))
        return found

    def clean_aspects(self) -> list[str]:
        return [line.strip()[:80] for line in self.cleaned_data["aspects"].splitlines() if line.strip()]


def round_organisations(user: Any) -> Any:
    """The organisations at which this person may open a round: those of an oversight, not all below."""
    rows = Organisation.objects.visible_to(user)
    return rows.filter(path__in=user.reach.oversight_paths("run_rounds"))
