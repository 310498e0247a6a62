"""A material, typed by this year's aspects."""

from typing import Any

from django import forms

from appraisals.models import Draft, Material
from shell.forms import ShellForm
from shell.outline import plain

LONGEST_SECTION = 20_000


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
    def written(self) -> list[tuple[str, str]]:
        """(heading, text) as the page shows them, valid or not."""
        return [
            (str(self.fields[name].label), str(self[name].value() or "")) for name in map("aspect_{}".format, self.keys)
        ]

    @property
    def has_words(self) -> bool:
        """True once anything stands in it."""
        return any(text.strip() for _title, text in self.written)

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
