"""What is typed about criticism."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.criticism.actions import COMMITTEE
from meetings.models import RemarkKind
from meetings.models.criticism import LONGEST, POINTS
from shell.forms import ShellForm

MOST = 99  # criticisms of one person at one meeting
ABREAST = 4  # fields
People = Iterable[tuple[int, str]]


class CountForm(ShellForm):
    """How many criticisms were made of the committee and of each of `people`, (key, name); empty is none."""

    def __init__(self, *args: Any, people: People, numbers: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in ((COMMITTEE, str(_("Committee together"))), *people):
            self.fields[f"number_{key}"] = forms.IntegerField(
                label=name, min_value=0, max_value=MOST, required=False, initial=numbers.get(key)
            )
        names = list(self.fields)
        rows = [tuple(names[n : n + ABREAST]) for n in range(0, len(names), ABREAST)]
        self.arrange = rows  # type: ignore[misc]

    def numbers(self) -> dict[int, int]:
        """By the key of the member, or COMMITTEE."""
        return {int(name.removeprefix("number_")): number or 0 for name, number in self.cleaned_data.items()}


class RemarkForm(ShellForm):
    """One remark: about whom, of which kind, by whom (need not be told), in a sentence."""

    kind = forms.ChoiceField(label=_("Kind of remark"), choices=RemarkKind.choices, widget=forms.RadioSelect)
    about = forms.TypedChoiceField(label=_("About"), coerce=int)
    speaker = forms.TypedChoiceField(
        label=_("Said by"), coerce=int, empty_value=None, required=False, help_text=_("Need not be told.")
    )
    text = forms.CharField(label=_("What was said"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))

    arrange: ClassVar = ("kind", ("about", "speaker"), "text")

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": RemarkKind.CRITICISM}, **kwargs)
        known = list(people)
        about: Any = self.fields["about"]
        about.choices = [("", _("Please choose")), (COMMITTEE, _("Committee together")), *known]
        speaker: Any = self.fields["speaker"]
        speaker.choices = [("", _("Not told")), *known]


class ClaimForm(ShellForm):
    """What I make my own, one point a line."""

    text = forms.CharField(
        label=_("Points"), max_length=POINTS, widget=forms.Textarea({"rows": 8}), help_text=_("One point a line.")
    )
