"""What is typed about study."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import StudyKind
from meetings.models.study import MOST
from shell.forms import DateField, ShellForm


def _hours(least: float) -> forms.DecimalField:
    return forms.DecimalField(label=_("Hours"), min_value=least, max_value=MOST, max_digits=4, decimal_places=1)


class EntryForm(ShellForm):
    """One piece of study; the member himself enters own study only."""

    studied_on = DateField(label=_("Day"))
    kind = forms.ChoiceField(label=_("Kind of study"), choices=StudyKind.choices, initial=StudyKind.OWN)
    hours = _hours(0.5)
    subject = forms.CharField(label=_("What was studied"), max_length=120)
    arrange = (("studied_on", "kind", "hours"), "subject")

    def __init__(self, *args: Any, own_only: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own_only:
            kinds: Any = self.fields["kind"]
            kinds.choices = [(StudyKind.OWN, StudyKind.OWN.label)]


class CorrectionForm(ShellForm):
    """The hours of a member at a meeting, and why they are not those computed."""

    hours = _hours(0)
    reason = forms.CharField(label=_("Reason"), max_length=200)
