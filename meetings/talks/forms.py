"""What is typed for the talks of one day: the day once, then one line a talk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import TalkKind
from meetings.talks.actions import Entry
from meetings.talks.parties import Party, People, kind_of, read
from shell.forms import DateField, ShellForm

ROWS, MOST = 10, 60


class DayForm(ShellForm):
    """When and where."""

    held_on = DateField(label=_("Day of the talks"))
    place = forms.CharField(label=_("Place of the talk"), max_length=120, required=False)
    arrange = (("held_on", "place"),)

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("A talk is recorded after it took place: please check the day."))
        return day


class RowForm(ShellForm):
    """One talk; an empty line is none."""

    is_line = True

    talkers = forms.CharField(label=_("Talker"), max_length=120, required=False)
    partners = forms.CharField(label=_("Talked with"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Class of talk"), required=False)
    trigger = forms.ChoiceField(label=_("Occasion"), required=False)
    content = forms.CharField(
        label=_("Content of the talk"), max_length=5000, required=False, widget=forms.Textarea({"rows": 1})
    )

    def __init__(self, *args: Any, people: People, triggers: Sequence[str], takes_content: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("By the parties")), *TalkKind.choices]
        occasions: Any = self.fields["trigger"]
        occasions.choices = [("", _("Regular")), *((words, words) for words in triggers)]
        if not takes_content:
            del self.fields["content"]
        for name in ("talkers", "partners"):
            field = self.fields[name]
            field.widget.attrs |= {"list": "people", "autocomplete": "off", "placeholder": field.label}

    def clean_talkers(self) -> list[Party]:
        return read(self.cleaned_data["talkers"], self.people)

    def clean_partners(self) -> list[Party]:
        return read(self.cleaned_data["partners"], self.people)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        both = ("talkers", "partners")
        if not self.errors and any(found.get(name) for name in (*both, "trigger", "content", "kind")):
            for name in both:
                if not found.get(name):
                    self.add_error(name, _("Please fill this in."))
        return found

    def entry(self) -> Entry | None:
        """The talk as typed; None for an empty line."""
        found = self.cleaned_data
        if not found.get("talkers"):
            return None
        kind = found["kind"] or kind_of(found["talkers"], found["partners"], self.people)
        return Entry(found["talkers"], found["partners"], kind, found["trigger"], found.get("content", ""))


RowSet = forms.formset_factory(RowForm, extra=ROWS, max_num=MOST, absolute_max=MOST)


class TriggerForm(ShellForm):
    """The occasions, one a line."""

    wording = forms.CharField(
        label=_("Occasions"),
        max_length=2000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One a line, at most 60 characters. Talks recorded before keep their words."),
    )
