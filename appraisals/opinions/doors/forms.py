"""What is typed to open a page, on it, and to answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.opinions.channels import Target
from appraisals.opinions.doors.actions import LONGEST_ANSWER
from appraisals.opinions.models.register import LONGEST
from shell.forms import DateField, ShellForm


class PageForm(ShellForm):
    until = DateField(label=_("Open until"))


class AnswerForm(ShellForm):
    text = forms.CharField(label=_("Answer"), max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 5}))


class StrangerForm(ShellForm):
    """Nothing that could tell who writes."""

    target = forms.ChoiceField(
        label=_("About"), choices=Target.choices, widget=forms.RadioSelect({"class": "form-check-input"})
    )
    text = forms.CharField(
        label=_("Opinion"), max_length=LONGEST, widget=forms.Textarea({"rows": 6, "class": "form-control"})
    )


CODE = {"autocomplete": "off", "class": "form-control"}


class CodeForm(ShellForm):
    code = forms.CharField(label=_("Ticket code"), max_length=40, widget=forms.TextInput(CODE))
