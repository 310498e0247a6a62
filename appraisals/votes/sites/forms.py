"""What is typed for the sites of a vote: one line a site; an empty line is none."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from appraisals.models import Vote
from appraisals.votes.sites.reading import COLUMNS, Sites
from shell.forms import ShellForm

EMPTY, MOST = 4, 200
MOST_FORMS = 99_999


def _number(label: Any) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_FORMS, widget=widget)


class SiteForm(ShellForm):
    """One site; `collected` stays empty until its forms have come back."""

    is_line = True
    name = forms.CharField(label=_("Site"), max_length=80, required=False)
    issued = _number(_("Issued"))
    collected = _number(_("Collected"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        filled = [name for name in COLUMNS if found.get(name) not in (None, "")]
        for name in ("name", "issued"):
            if filled and name not in filled and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        issued, collected = found.get("issued"), found.get("collected")
        if issued is not None and collected is not None and collected > issued:
            self.add_error("collected", _("More than were handed out."))
        return found


class SlipSiteForm(SiteForm):
    """Under slips the box alone knows how many came back."""

    collected = None  # type: ignore[assignment]  # how Django takes a field away


class SiteSheet:
    """The sites on one page."""

    def __init__(self, vote: Vote, sites: Sites, data: QueryDict | None) -> None:
        lines = forms.formset_factory(
            SlipSiteForm if vote.is_electronic else SiteForm, extra=EMPTY, max_num=MOST, absolute_max=MOST
        )
        self.rows = lines(data, prefix="site", initial=sites.lines)
        self._saved = sites.fingerprint
        self.seen = data.get("seen", "") if data else self._saved
        self.refusals: list[str] = []
        self.is_behind = False

    def is_valid(self) -> bool:
        return bool(self.rows.is_valid())

    def add_error(self, _field: None, words: list[str]) -> None:
        """What the action refuses stands above the lines, as on a form."""
        self.refusals += words

    def fall_behind(self) -> None:
        """Another writer was faster: the next save of this page is meant."""
        self.is_behind, self.seen = True, self._saved

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The columns of each line that says something."""
        found = [{name: form.cleaned_data.get(name) for name in COLUMNS} for form in self.rows]
        return [line for line in found if line["name"]]
