"""What is asked of whom in a round: one choice a class of people, the readers, and reasons of its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from appraisals.materials.kinds import OFFERED, Chain, Whom
from appraisals.models import MaterialRules
from shell.forms import ShellForm

LONGEST_REASON, MOST_REASONS = 40, 20


class RulesForm(ShellForm):
    great_age = forms.IntegerField(label=_("Great age from"), min_value=60, max_value=100)
    chain = forms.ChoiceField(label=_("Readers"), choices=Chain.choices)
    own_reasons = forms.CharField(
        label=_("Further reasons for a return"), required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line; they stand below ours when a material is returned."),
    )  # fmt: skip
    arrange = (
        ("whom_committee", "whom_report"), ("whom_secretary", "whom_committee_member"),
        ("whom_member", "whom_probationary"), ("whom_exempt", "whom_away"),
        ("whom_aged", "great_age"), "chain", "own_reasons",
    )  # fmt: skip

    def __init__(self, *args: Any, rules: MaterialRules, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for whom in Whom:
            offered = [("", _("Nothing")), *((kind.value, kind.label) for kind in OFFERED[whom])]
            self.fields[f"whom_{whom}"] = forms.ChoiceField(
                label=whom.label, choices=offered, required=False, initial=rules.kind_for(whom)
            )
        for name in ("great_age", "chain", "own_reasons"):
            self.fields[name].initial = getattr(rules, name)
        for name, field in self.fields.items():
            field.disabled = is_open and name != "own_reasons"

    def clean_own_reasons(self) -> str:
        lines = list(
            dict.fromkeys(line.strip() for line in self.cleaned_data["own_reasons"].splitlines() if line.strip())
        )
        if long := next((line for line in lines if len(line) > LONGEST_REASON), None):
            raise ValidationError(_("At most 40 characters a line, please shorten: %s") % long)
        if len(lines) > MOST_REASONS:
            raise ValidationError(_("At most 20 reasons, please leave some out."))
        return "\n".join(lines)

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        owed = {str(whom): self.cleaned_data[f"whom_{whom}"] for whom in Whom}
        return {"owed": owed, **{name: self.cleaned_data[name] for name in ("great_age", "chain", "own_reasons")}}
