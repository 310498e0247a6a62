"""What is typed of a common problem."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from rectification.models import CommonProblem
from shell.forms import ShellForm, ShellModelForm


class CommonForm(ShellModelForm):
    """A new one names its organisation."""

    place = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    arrange: ClassVar[Any] = ("place", "text", "asks", ("round", "due_on"))

    class Meta:
        model = CommonProblem
        fields = ["text", "asks", "round", "due_on"]
        widgets = {"text": forms.Textarea({"rows": 2}), "asks": forms.Textarea({"rows": 3})}
        help_texts = {"text": _("Each branch whose problem is gathered reads these words: please name nobody.")}

    def __init__(self, *args: Any, places: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        if places is None:
            del self.fields["place"]
        else:
            offered = [(row.pk, row.name) for row in places]
            self.fields["place"].choices = [("", _("Please choose")), *offered]  # type: ignore[attr-defined]
            if len(offered) == 1:
                self.fields["place"].initial = offered[0][0]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class GatherForm(ShellForm):
    """Under which of those that are open."""

    common = forms.TypedChoiceField(label=_("Common problem"), coerce=int)

    def __init__(self, *args: Any, commons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["common"].choices = [("", _("Please choose")), *((c.pk, str(c)) for c in commons)]  # type: ignore[attr-defined]
