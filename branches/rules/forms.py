"""The form on which a superior sets a rule otherwise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.rules.sets import InForce
from branches.rules.table import Parameter, Severity
from shell.forms import ShellForm


class RuleForm(ShellForm):
    """How strict, the numbers that may be moved, and why; only what is allowed here is on offer."""

    severity = forms.ChoiceField(label=_("Severity"))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, held: InForce, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, reason = held, self.fields.pop("reason")
        offered = [(s.value, s.label) for s in Severity if s.rank >= held.floor.rank]
        severity: Any = self.fields["severity"]
        severity.choices, severity.initial = offered, held.severity
        for parameter in held.rule.parameters:
            if not parameter.is_fixed:
                self.fields[parameter.name] = _field(parameter, held.numbers[parameter.name])
        self.fields["reason"] = reason

    @property
    def numbers(self) -> dict[str, int]:
        """All numbers of the rule, as typed or fixed."""
        return {name: self.cleaned_data.get(name, number) for name, number in self.held.rule.defaults.items()}


def _field(parameter: Parameter, number: int) -> forms.Field:
    told: dict[str, Any] = {"label": str(parameter.label), "initial": number}
    if parameter.words:
        return forms.TypedChoiceField(choices=parameter.choices, coerce=int, **told)
    return forms.IntegerField(min_value=parameter.least, max_value=parameter.most, **told)
