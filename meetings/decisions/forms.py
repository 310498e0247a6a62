"""What is typed for decisions: rows that work without a script. An empty row is none."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from meetings.decisions.entries import LeftOut, Motion
from meetings.decisions.kinds import Ground, Method
from meetings.decisions.votes import ELECTED, VOTED
from shell.forms import DateField, ShellForm

MOST_ROWS = 30
RESULTS = [("", ""), *((outcome.value, outcome.label) for outcome in (*VOTED, *ELECTED))]


def _persons(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)


class MotionForm(ShellForm):
    """One matter, with its votes in persons."""

    subject = forms.CharField(label=_("Matter decided"), required=False, max_length=200)
    business = forms.ChoiceField(label=_("Kind of business"), required=False)
    method = forms.ChoiceField(label=_("Way of voting"), choices=Method.choices, required=False)
    present = _persons(_("Took part in the vote"))
    yes = _persons(_("In favour"))
    no = _persons(_("Against"))
    abstain = _persons(_("Abstentions"))
    written_yes = _persons(_("Yes in writing"))
    announced = forms.ChoiceField(label=_("Result announced"), choices=RESULTS, required=False)

    def __init__(self, *args: Any, business: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business"].choices = business  # type: ignore[attr-defined]
        self.fields["present"].widget.attrs["placeholder"] = _("all")
        self.fields["abstain"].widget.attrs["title"] = _("With those who did not vote, and invalid ballots")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.is_filled(found):
            if not found.get("subject") and "subject" not in self.errors:
                self.add_error("subject", _("Please write what was decided."))
            if not found.get("business") and "business" not in self.errors:
                self.add_error("business", _("Please choose."))
        return found

    @staticmethod
    def is_filled(found: dict[str, Any]) -> bool:
        """True if anything but the ready choices was typed."""
        numbers = (found.get(name) for name in ("present", "yes", "no", "abstain", "written_yes"))
        return bool(found.get("subject") or found.get("announced")) or any(number is not None for number in numbers)

    @property
    def motion(self) -> Motion | None:
        """The row as typed; None for an empty one."""
        found = self.cleaned_data
        ready = {"written_yes": found.get("written_yes") or 0, "method": found.get("method") or Method.HANDS}
        return Motion(**{**found, **ready}) if self.is_filled(found) else None


class LeftOutForm(ShellForm):
    """One member left out of those due at the elections and disposals of the sitting."""

    member = forms.ChoiceField(label=_("Member"), required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=[("", ""), *Ground.choices], required=False)
    consent_by = forms.CharField(label=_("Superior who consented"), required=False, max_length=80)
    consent_on = DateField(label=_("Consented on"), required=False)
    reference = forms.CharField(label=_("Document number"), required=False, max_length=60)
    resolution = forms.CharField(label=_("Resolution of the meeting"), required=False, max_length=120)

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", _("Please choose")), *members]  # type: ignore[attr-defined]
        self.fields["member"].widget.attrs["data-left-out"] = ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("member", "ground") if any(found.values()) else ():
            if not found.get(name) and name not in self.errors:
                self.add_error(name, _("Please choose."))
        return found

    @property
    def one(self) -> LeftOut | None:
        """The row as typed; None for an empty one."""
        found = self.cleaned_data
        rest = {name: value for name, value in found.items() if name != "member"}
        return LeftOut(int(found["member"]), **rest) if found.get("member") else None


class LeftOutRows(BaseFormSet):
    def clean(self) -> None:
        """Nobody is left out twice."""
        seen = set()
        for form in self.forms:
            member = form.cleaned_data.get("member") if form.is_valid() else None
            if member and member in seen:
                form.add_error("member", _("This member is listed already."))
            seen.add(member)


_EACH: dict[str, Any] = {"extra": 1, "max_num": MOST_ROWS, "absolute_max": MOST_ROWS}
MOTION_ROWS: Any = formset_factory(MotionForm, **_EACH)
LEFT_OUT_ROWS: Any = formset_factory(LeftOutForm, formset=LeftOutRows, **_EACH)
