"""What is typed for one total."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.models.organisations import Kind
from figures.actions import Told
from figures.models import TypedTotal
from figures.units import Span
from shell.forms import ShellModelForm


class TotalForm(ShellModelForm):
    arrange = (("value", "approx"), ("span", "as_of", "source"), "note")

    class Meta:
        model = TypedTotal
        fields = ["value", "approx", "span", "as_of", "source", "note"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"as_of": timezone.localdate()}})
        if organisation.kind != Kind.BRANCH:
            self.fields["span"].choices = [(Span.TO_DATE, Span.TO_DATE.label)]  # type: ignore[attr-defined]
        self.fields["note"].help_text = _("For example who told it, and on which sheet it stands.")

    @property
    def told(self) -> Told:
        """What was typed, for the action."""
        return Told(**{name: self.cleaned_data[name] for name in self.Meta.fields})
