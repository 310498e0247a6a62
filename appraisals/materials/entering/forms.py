"""What a helper types for a member: what stands on his paper by aspects, or in one line what he said."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from appraisals.materials.forms import LONGEST_SECTION
from appraisals.models import Material, Source
from shell.forms import ShellForm
from shell.outline import plain


class EntryForm(ShellForm):
    source = forms.ChoiceField(label=_("Source"))
    gist = forms.CharField(
        label=_("What was said, in one line"), required=False, max_length=300,
        help_text=_("Only for what was said; it counts as done."),
    )  # fmt: skip

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [Source.PAPER, Source.SPOKEN] if material.may_be_spoken else [Source.PAPER]
        source: Any = self.fields["source"]
        source.choices = [(one.value, one.label) for one in sources]
        source.initial = sources[-1]
        if not material.may_be_spoken:
            del self.fields["gist"]
        self.headings = material.round.headings()
        self.words = str(material.get_kind_display())
        for key, title in self.headings:
            self.fields[f"aspect_{key}"] = forms.CharField(
                label=title, required=False, max_length=LONGEST_SECTION, widget=forms.Textarea({"rows": 4})
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("source") == Source.SPOKEN and not data.get("gist", "").strip():
            self.add_error("gist", ValidationError(_("Please write in one line what was said.")))
        return data

    @property
    def sections(self) -> list[list[str]]:
        """As Version keeps them."""
        if self.cleaned_data["source"] == Source.SPOKEN:
            return [[self.words, self.cleaned_data["gist"].strip()]]
        return [[title, plain(self.cleaned_data[f"aspect_{key}"])] for key, title in self.headings]
