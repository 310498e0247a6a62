"""The forms of an import: which file for whom, what its columns mean, who a namesake is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import RosterImport, User
from branches.models.members import Category
from branches.roster.columns import FIELDS
from branches.roster.register import kept_by
from branches.roster.work import CATEGORY
from sheets.refusals import LARGEST_FILE, WORDS
from shell.forms import DateField, ShellForm

CHOOSE = {"required": _("Please choose one.")}
MOST = 200  # longer drop-downs help nobody; the search above the form narrows them


class UploadForm(ShellForm):
    """A file for one organisation. `near` narrows the organisations on offer to those whose name holds it."""

    arrange = ("file", "organisation", "since")

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx or .xls file of at most 15 MB and 60,000 rows, without password or macros."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
    )  # fmt: skip
    since = DateField(
        label=_("Date of the roster"), initial=timezone.localdate,
        help_text=_("New members belong to the branch from this day on."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: User, near: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = kept_by(actor)
        help_text = _("A branch; or a superior organisation if the file names the branch of each member.")
        field = forms.ModelChoiceField(
            rows, label=_("Organisation"), help_text=help_text, error_messages=CHOOSE
        )  # fmt: skip
        offered = list(rows.filter(name__icontains=near)[:MOST])
        field.choices = [("", _("Please choose")), *((row.pk, "　" * (row.depth - 1) + row.name) for row in offered)]
        if len(offered) == 1:
            field.initial = offered[0].pk
        self.fields["organisation"] = field

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(str(WORDS["too_big"]))
        return file

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        since, organisation = told.get("since"), told.get("organisation")
        if since and since > timezone.localdate():
            self.add_error("since", _("This day has not come yet."))
        if since and organisation and since < organisation.since:
            words = _("The organisation exists since %(since)s only.") % {"since": organisation.since}
            self.add_error("since", words)
        return told


class ColumnsForm(ShellForm):
    """Which column of the file holds what; guessed by the headings, to be put right by hand."""

    def __init__(self, *args: Any, sent: RosterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent = sent
        titles = [(str(n), f"{_letters(n)} · {title}") for n, title in enumerate(sent.headings) if title]
        for field in FIELDS:
            guessed = sent.mapping.get(field.key)
            self.fields[field.key] = forms.ChoiceField(
                label=str(field.label), choices=[("", _("Not in the file")), *titles],
                required=field.key == "name" or (field.key == "branch" and sent.organisation.kind != "branch"),
                initial="" if guessed is None else str(guessed), error_messages=CHOOSE,
            )  # fmt: skip
        self.fields[CATEGORY] = forms.ChoiceField(
            label=_("Where no category is told"), required=False, initial=sent.mapping.get(CATEGORY, ""),
            choices=[("", _("Report the row")), (Category.FORMAL, _("Take for a full member"))],
        )  # fmt: skip
        keys = [field.key for field in FIELDS] + [CATEGORY]
        self.arrange = [tuple(keys[n : n + 3]) for n in range(0, len(keys), 3)]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        used: dict[str, Any] = {}
        for field in FIELDS:
            column = told.get(field.key)
            if column and column in used:
                words = _("This column is named for “%(other)s” already.") % {"other": used[column]}
                self.add_error(field.key, words)
            elif column:
                used[column] = field.label
        return told

    @property
    def mapping(self) -> dict[str, Any]:
        """What was chosen, as the import keeps it."""
        told = self.cleaned_data
        columns = {field.key: int(told[field.key]) for field in FIELDS if told.get(field.key)}
        return {**columns, CATEGORY: told[CATEGORY]}


def _letters(column: int) -> str:
    """0 → A, 26 → AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


class AnswersForm(forms.Form):
    """One choice for each namesake; what is left open is asked again."""

    def __init__(self, *args: Any, questions: list[list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row, name, branch, answers in questions:
            label = _("Row %(row)d: %(name)s, %(branch)s") % {"row": row, "name": name, "branch": branch}
            choices = [tuple(answer) for answer in answers]
            self.fields[f"row-{row}"] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, required=False
            )

    @property
    def answers(self) -> dict[str, str]:
        """Row number → answer, of those that were given."""
        return {name.removeprefix("row-"): value for name, value in self.cleaned_data.items() if value}
