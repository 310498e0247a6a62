"""What is typed of an evaluation, and of the scale of a round."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Evaluation
from shell.forms import ShellForm, ShellModelForm


class EvaluationForm(ShellModelForm):
    """Words, and a grade where the round has a scale."""

    level = forms.ChoiceField(label=_("Grade of the branch"), required=False)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    arrange = ("words", "level", "seen")
    theirs: Sequence[tuple[Any, Any]] = ()

    class Meta:
        model = Evaluation
        fields = ["words", "level"]
        widgets = {"words": forms.Textarea({"rows": 8})}
        help_texts = {"words": _("What was seen, with evidence: what was done well, what falls short, what is asked.")}

    def __init__(self, data: Any = None, *, instance: Evaluation, scale: Sequence[str]) -> None:
        super().__init__(data, instance=instance, initial={"seen": instance.fingerprint})
        offered = [("", _("Without a grade")), *((word, word) for word in scale)]
        self.fields["level"].choices = offered  # type: ignore[attr-defined]
        self._label = self.fields["words"].label

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("words", "level", "seen")}

    def fall_behind(self, now: Evaluation) -> None:
        """Another writer was faster: his version stands beside what was typed, and the next save is meant."""
        self.theirs = [(self._label, now.words), (self.fields["level"].label, now.level)]
        self.data = {**self.data.dict(), "seen": now.fingerprint}  # type: ignore[attr-defined]
        words = _(
            "Somebody else has saved this evaluation meanwhile: his version stands below yours. Bring over what you"
            " need, and save again."
        )
        self.add_error(None, words)


class ScaleForm(ShellForm):
    """The words of the scale, one a line."""

    words = forms.CharField(
        label=_("Grades for branches"), required=False, max_length=400, widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "One grade a line, at most six, each in at most 30 characters. Empty: evaluations are words alone. Branches"
            " are never ranked by them."
        ),
    )  # fmt: skip

    @property
    def lines(self) -> list[str]:
        return str(self.cleaned_data["words"]).splitlines()
