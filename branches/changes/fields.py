"""What the forms of changes are made of."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.models import Group, Organisation, Relation, User
from shell.forms import DateField, ShellForm

FROM, LAST_DAY = _("From"), _("Last day")


class ChangeForm(ShellForm):
    """A form about `row`, a member or an organisation, at the organisation `branch`, for one reader.

    `deed` and `text` are the words of its button and above it, where the row decides them and not its change.
    """

    deed: str | Promise = ""
    text: str | Promise = ""

    def __init__(self, *args: Any, row: Any, branch: Organisation, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.branch, self.reader = row, branch, reader
        self.asked: list[str] = []
        self.offer()

    def offer(self) -> None:
        """Fill the choices of this form."""

    def doubts(self) -> list[str]:
        """What is unlikely in a valid form, in words that say what to look at: asked about once, never refused."""
        return []

    def choose_from(self, name: str, rows: Any, label: Callable[[Any], str] = str) -> None:
        """Let the field `name` offer these rows, each called as `label` says."""
        field: Any = self.fields[name]
        field.queryset, field.label_from_instance = rows, label

    def refuse(self, refusal: ValidationError) -> None:
        """Put the words of an action beside the fields they speak of."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, words in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, words)


class BranchField(forms.CharField):
    """A branch by its exact name, also one the reader does not see; the form's reader decides what may be named."""

    def __init__(self, **kwargs: Any) -> None:
        told = _("The exact name or short name. Of two with the same name: superior/branch.")
        super().__init__(**{"max_length": 200, "help_text": told, **kwargs})

    def named(self, words: str, reader: User) -> Organisation | None:
        """The branch; None where nothing was typed. Raises ValidationError."""
        if not words:
            return None
        found = list(Organisation.objects.addressed_by(reader, words)[:2])
        if not found:
            raise ValidationError(_("No open branch of this system has exactly this name. Please check the spelling."))
        if len(found) > 1:
            raise ValidationError(_("Several branches have this name. Please write the superior before it: "
                                    "superior/branch."))  # fmt: skip
        return found[0]


def since_field(label: Any = FROM, **kwargs: Any) -> DateField:
    """The first day of what changes; today unless told otherwise."""
    return DateField(label=label, initial=timezone.localdate, **kwargs)


def until_field(label: Any = LAST_DAY, **kwargs: Any) -> DateField:
    """The last day of what ends."""
    return DateField(label=label, **{"initial": timezone.localdate, **kwargs})


def words_field(label: Any, most: int = 80, **kwargs: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, max_length=most, **kwargs)


def rows_field(label: Any, **kwargs: Any) -> forms.ModelChoiceField:
    """One of some rows; the form says which it offers to whom."""
    return forms.ModelChoiceField(None, label=label, **kwargs)


def choice_field(label: Any, words: Any, **kwargs: Any) -> forms.ChoiceField:
    """One of the words of a column, none chosen yet."""
    return forms.ChoiceField(label=label, choices=[("", _("Please choose")), *words], **kwargs)


def open_groups(form: ChangeForm) -> Any:
    """The groups of the form's branch that the reader sees and that have not ended."""
    groups = Group.objects.visible_to(form.reader).filter(organisation=form.branch)
    return groups.on(form.reader.reach.day)


def register_of(form: ChangeForm) -> Any:
    """The register of the form's branch today, as far as the reader sees it."""
    rows = Relation.objects.visible_to(form.reader).filter(organisation=form.row)
    return rows.register(on=form.reader.reach.day)
