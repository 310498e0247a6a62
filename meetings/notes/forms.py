"""What is typed for a check of study notes."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import NotesCheck, NotesLine, NotesResult
from meetings.models.notes import FELL_SHORT, MOST_ASKED, REMARK
from meetings.notes.actions import Facts, Found
from shell.forms import DateField, DateInput, ShellForm

QUESTIONS = 4000  # characters
People = Sequence[tuple[int, str]]
Lines = Mapping[int, NotesLine]


class CheckForm(ShellForm):
    """What a check is about."""

    checked_on = DateField(label=_("Day of the check"))
    subject = forms.CharField(label=_("What is checked"), max_length=80)
    asked = forms.IntegerField(
        label=_("Number of study questions"), min_value=0, max_value=MOST_ASKED, required=False,
        help_text=_("May stay empty: where there are none, or where they are written below."),
    )  # fmt: skip
    questions = forms.CharField(
        label=_("Study questions"), max_length=QUESTIONS, required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("One question a line; may stay empty."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    arrange: ClassVar = (("checked_on", "subject", "asked"), "questions")

    @staticmethod
    def initial_of(check: NotesCheck) -> dict[str, Any]:
        """What stands already; of a new check today and the usual words."""
        if check.pk is None:
            return {"checked_on": timezone.localdate(), "subject": _("Study notes")}
        return {name: getattr(check, name) for name in ("checked_on", "subject", "questions", "version")} | {
            "asked": check.asked or None
        }

    def facts(self) -> Facts:
        """For the action."""
        found = self.cleaned_data
        return Facts(found["checked_on"], found["subject"], found["asked"] or 0, found["questions"])


class FillForm(ShellForm):
    """One line for each of `people`, (key, name) of the register of the day; `lines`: what was entered before."""

    correct_by = DateField(
        label=_("To be put right by"), required=False, help_text=_("Needed as soon as somebody falls short."),
        widget=DateInput({"class": "form-control form-control-sm"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, check: NotesCheck, people: People, lines: Lines, **kwargs: Any) -> None:
        super().__init__(*args, initial=_entered(check, lines), **kwargs)
        self.keys, self.asked = [key for key, _name in people], check.asked
        for key, name in people:
            self.fields[f"result_{key}"] = forms.ChoiceField(
                choices=NotesResult.choices, required=False, label=name, widget=_ticks()
            )
            self.fields[f"remark_{key}"] = forms.CharField(required=False, max_length=REMARK, label=name)
            if self.asked:
                number = forms.IntegerField(required=False, min_value=0, max_value=self.asked, label=name)
                self.fields[f"answered_{key}"] = number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in self.keys:
            told = cleaned.get(f"remark_{key}") or cleaned.get(f"answered_{key}") is not None
            if told and not cleaned.get(f"result_{key}"):
                self.add_error(f"result_{key}", _("Please tick the result as well."))
        return cleaned

    def fields_of(self, key: int) -> tuple[forms.BoundField, forms.BoundField | None, forms.BoundField]:
        """Of one member: result, questions answered where there are any, remark."""
        return self[f"result_{key}"], self[f"answered_{key}"] if self.asked else None, self[f"remark_{key}"]

    def found(self) -> dict[int, Found]:
        """Of whom a result was ticked, by key."""
        typed = self.cleaned_data
        return {
            key: Found(typed[f"result_{key}"], typed.get(f"answered_{key}"), typed[f"remark_{key}"])
            for key in self.keys
            if typed[f"result_{key}"]
        }


def _ticks() -> forms.RadioSelect:
    return forms.RadioSelect({"class": "btn-check"})


def _entered(check: NotesCheck, lines: Lines) -> dict[str, Any]:
    """What was entered before."""
    told: dict[str, Any] = {"correct_by": check.correct_by, "version": check.version}
    for key, line in lines.items():
        told |= {f"result_{key}": line.result, f"answered_{key}": line.answered, f"remark_{key}": line.remark}
    return told


class LookForm(ShellForm):
    """Which of those who fell short, (key, name) in set order, have put it right."""

    members = forms.TypedMultipleChoiceField(
        label=_("Put right"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ticked already: entered earlier, that day stays. Take a tick out where it was a mistake."),
    )  # fmt: skip
    on = DateField(label=_("Day of the second look"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, check: NotesCheck, people: People, lines: Lines, **kwargs: Any) -> None:
        done = [key for key, line in lines.items() if line.corrected_on]
        told = {"members": done, "on": timezone.localdate(), "version": check.version}
        super().__init__(*args, initial=told, **kwargs)
        short = [(key, name) for key, name in people if key in lines and lines[key].result in FELL_SHORT]
        self.fields["members"].choices = short  # type: ignore[attr-defined]
