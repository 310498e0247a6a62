"""What is typed for a round, and a material by this year's aspects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Draft, Material, Round
from branches.models import Organisation
from shell.forms import ShellForm, ShellModelForm
from shell.outline import plain

LONGEST_SECTION = 20_000


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


class MaterialForm(ShellForm):
    """One field per aspect, and the revision the writer had opened."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: list[str] = []
        self.theirs: list[tuple[str, str]] = []
        for key, title in material.round.headings():
            self.keys.append(key)
            self.fields[f"aspect_{key}"] = forms.CharField(
                label=title, required=False, max_length=LONGEST_SECTION, widget=forms.Textarea({"rows": 8})
            )

    def meet(self, theirs: Draft) -> None:
        """After another window was faster: show what it saved, and let the next save of this page be meant."""
        self.theirs = [(str(self.fields[f"aspect_{key}"].label), theirs.sections.get(key, "")) for key in self.keys]
        self.data = {**self.data.dict(), "revision": str(theirs.revision)}  # type: ignore[attr-defined]

    @property
    def sections(self) -> dict[str, str]:
        """Text by aspect key, for the action."""
        return {key: plain(self.cleaned_data[f"aspect_{key}"]) for key in self.keys}

    @property
    def gaps(self) -> list[str]:
        """The aspects under which nothing is written."""
        return [str(self.fields[f"aspect_{key}"].label) for key, text in self.sections.items() if not text.strip()]

    @property
    def seen(self) -> int:
        """The revision the writer had opened; 0 before the first."""
        return self.cleaned_data["revision"] or 0


def round_organisations(user: Any) -> Any:
    """The organisations at which this person may open a round: those of an oversight, not all below."""
    rows = Organisation.objects.visible_to(user)
    return rows.filter(path__in=user.reach.oversight_paths("run_rounds"))
