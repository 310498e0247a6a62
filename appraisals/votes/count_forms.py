"""What is typed when ballots are counted, and for single slips."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from appraisals.votes.sites.reading import Sites
from ballots.actions import Ballots, Place
from ballots.marks import Asked
from ballots.models import ABSTAIN
from shell.forms import ShellForm

NUMBER = {"class": "form-control form-control-sm num", "inputmode": "numeric"}


def _number(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput({**NUMBER, "aria-label": label})
    return forms.IntegerField(label=label, min_value=0, max_value=99_999, widget=widget, **more)


class TotalsForm(ShellForm):
    """Ballots of each sheet, marks of each line; an empty field is 0, an empty 弃权 what the valid ones lack.

    Where sites have handed the forms out, what was issued is theirs and not typed again.
    """

    def __init__(self, *args: Any, lines: Sequence[Asked], issued: int, sites: Sites, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.sites = lines, sites
        for key in dict.fromkeys(line.sheet_key for line in lines):
            if not sites:
                self.fields[f"issued{key}"] = _number(_("Issued"), initial=issued)
            self.fields[f"collected{key}"] = _number(_("Collected"), initial=sites.collected)
            self.fields[f"invalid{key}"] = _number(_("Invalid"), required=False)
        for line in lines:
            for option, words in [*enumerate(line.options, 1), (ABSTAIN, _now("Abstain"))]:
                name = f"{line.heading} {line.label}: {words}".strip()
                self.fields[f"n{line.key}_{option}"] = _number(name, required=False)

    def numbers(self) -> dict[int, Ballots]:
        """The ballots of each sheet by its key."""
        found = self.cleaned_data
        keys = dict.fromkeys(line.sheet_key for line in self.lines)
        issued = {key: self.sites.issued if self.sites else found[f"issued{key}"] for key in keys}
        return {key: Ballots(issued[key], found[f"collected{key}"], found[f"invalid{key}"] or 0) for key in keys}

    def marks(self) -> Mapping[Place, int]:
        """The marks of each line; an abstention left empty is not among them."""
        places = [(line.key, option) for line in self.lines for option in range(len(line.options) + 1)]
        found = {place: self.cleaned_data[f"n{place[0]}_{place[1]}"] for place in places}
        return {place: n or 0 for place, n in found.items() if n is not None or place[1] != ABSTAIN}


class HalvesForm(ShellForm):
    """The two halves of the key, where the tellers keep it."""

    first = forms.CharField(label=_("Half of the scrutineer"), max_length=120, required=False)
    second = forms.CharField(label=_("Half of the teller"), max_length=120, required=False)


LATE, REPLACED = "late", "replaced"


class SpareForm(ShellForm):
    why = forms.ChoiceField(
        label=_("For whom"), widget=forms.RadioSelect({"class": "form-check-input"}), initial=REPLACED,
        choices=[
            (REPLACED, _("In place of slips that are spoilt or lost")),
            (LATE, _("For voters who came late: there are as many voters more")),
        ],
    )  # fmt: skip
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=1)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class VoidSlipForm(ShellForm):
    code = forms.CharField(label=_("Code on the slip handed back"), max_length=40)
