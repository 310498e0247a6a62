"""What is typed once for all cells of a grid, and the file that holds one."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from figures.units import Source
from sheets.refusals import LARGEST_FILE, WORDS
from shell.forms import DateField, ShellForm


class CommonForm(ShellForm):
    """How the numbers came, as of which day: the same for every cell that is saved with it."""

    source = forms.ChoiceField(label=_("Source"), choices=Source.choices, initial=Source.PAPER)
    as_of = DateField(label=_("As of"), initial=timezone.localdate)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    arrange: ClassVar[Any] = (("source", "as_of", "note"),)

    def clean_as_of(self) -> Any:
        if self.cleaned_data["as_of"] > timezone.localdate():
            raise ValidationError(_("The day the total was taken lies in the future: please check it."))
        return self.cleaned_data["as_of"]


class UploadForm(CommonForm):
    """The same with the file of a grid."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The .xlsx of this page, filled in. Rows are known by their number and their name."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
    )  # fmt: skip
    arrange = ("file", ("source", "as_of", "note"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(str(WORDS["too_big"]))
        return file
