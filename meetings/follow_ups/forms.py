"""What is typed of what was done afterwards."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Manner, Purpose
from shell.forms import DateField, ShellForm


class FollowUpForm(ShellForm):
    """Who of those `away`, (key, name) in set order, was told or made up for the study, when and how."""

    members = forms.TypedMultipleChoiceField(
        label=_("Members who were not there"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label=_("What was done"), choices=Purpose.choices, widget=forms.RadioSelect)
    done_on = DateField(label=_("Done on"))
    way = forms.ChoiceField(label=_("Way"), choices=Manner.choices)

    arrange: ClassVar = ("members", "purpose", ("done_on", "way"))

    def __init__(self, *args: Any, away: list[tuple[int, str]], **kwargs: Any) -> None:
        today = {"purpose": Purpose.STUDIED, "done_on": timezone.localdate()}
        super().__init__(*args, initial=today, **kwargs)
        self.fields["members"].choices = away  # type: ignore[attr-defined]
