"""The forms of an import: which ledger for whom, and which column holds what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from rectification.imports.columns import FIELDS
from sheets.refusals import LARGEST_FILE, WORDS
from shell.forms import DateField, ShellForm


class UploadForm(ShellForm):
    """A ledger for one organisation."""

    arrange = ("file", "place", ("round", "found_on"))

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        help_text=_("An .xlsx or .xls file, one problem a row, its headings in one of the first rows."),
    )  # fmt: skip
    place = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    round: Any = forms.ModelChoiceField(label=_("Round"), queryset=None, required=False, empty_label=_("None"))
    found_on = DateField(
        label=_("Found on"), initial=timezone.localdate, help_text=_("Of those whose row tells no day.")
    )

    def __init__(self, *args: Any, places: list[Organisation], rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least = min((row.depth for row in places), default=0)
        offered = [(row.pk, "　" * (row.depth - least) + row.name) for row in places]
        self.fields["place"].choices = [("", _("Please choose")), *offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["place"].initial = offered[0][0]
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(str(WORDS["too_big"]))
        return file

    def clean_found_on(self) -> Any:
        day = self.cleaned_data["found_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


class ColumnsForm(ShellForm):
    """Which column of the file holds what; guessed by the headings, to be put right by hand."""

    def __init__(self, *args: Any, headings: tuple[str, ...], guessed: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(n), f"{_letters(n)} · {title}") for n, title in enumerate(headings) if title]
        for field in FIELDS:
            told = guessed.get(field.key)
            self.fields[f"column_{field.key}"] = forms.ChoiceField(
                label=str(field.label), choices=[("", _("Not in the file")), *titles], required=field.key == "text",
                initial="" if told is None else str(told),
            )  # fmt: skip
        keys = [f"column_{field.key}" for field in FIELDS]
        self.arrange = [tuple(keys[n : n + 4]) for n in range(0, len(keys), 4)]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        used: dict[str, Any] = {}
        for field in FIELDS:
            column = told.get(f"column_{field.key}")
            if column and column in used:
                words = _("This column is named for “%(other)s” already.") % {"other": used[column]}
                self.add_error(f"column_{field.key}", words)
            elif column:
                used[column] = field.label
        return told

    @property
    def mapping(self) -> dict[str, int]:
        told = self.cleaned_data
        return {field.key: int(told[f"column_{field.key}"]) for field in FIELDS if told.get(f"column_{field.key}")}


def _letters(column: int) -> str:
    """0 → A, 26 → AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
