"""What is typed for a round."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round
from appraisals.rounds import templates
from branches.models import Organisation
from shell.forms import ShellModelForm


class AspectsField(forms.CharField):
    """The headings of the year, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Aspects"), max_length=2000, widget=forms.Textarea({"rows": 6}), help_text=_("One aspect a line."),
            **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        return [line.strip()[:80] for line in super().clean(value).splitlines() if line.strip()]


class RoundChangeForm(ShellModelForm):
    """What may be put right of a round in preparation."""

    aspects = AspectsField()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    arrange = (("year", "reference"), "name", ("roster_on", "due_on"), "aspects", "seen")
    theirs: Sequence[tuple[Any, Any]] = ()

    class Meta:
        model = Round
        fields = ["year", "name", "reference", "roster_on", "due_on"]

    def __init__(self, data: Any = None, *, instance: Round) -> None:
        titles = "\n".join(title for _key, title in instance.headings())
        super().__init__(data, instance=instance, initial={"aspects": titles, "seen": instance.fingerprint})

    @property
    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "aspects", "seen")}

    def fall_behind(self, now: Round) -> None:
        """Another writer was faster: his version stands beside what was typed, and the next save is meant."""
        told = [(self.fields[name].label, getattr(now, name)) for name in self.Meta.fields]
        self.theirs = [*told, (self.fields["aspects"].label, "\n".join(title for _key, title in now.headings()))]
        self.data = {**self.data.dict(), "seen": now.fingerprint}  # type: ignore[attr-defined]
        words = _(
            "Somebody else has saved this round meanwhile: his version stands below yours. Bring over what you need,"
            " and save again."
        )
        self.add_error(None, words)


class RoundForm(ShellModelForm):
    template = forms.ChoiceField(label=_("Kind of campaign"), required=False, help_text=_("Its stages are laid down."))
    other: Any = forms.ModelChoiceField(
        label=_("Or copied from"), queryset=None, required=False,
        help_text=_("Stages as many days after the roster day as there; its aspects, where none are written below."),
    )  # fmt: skip
    aspects = AspectsField(required=False)
    arrange = (
        ("organisation", "year"), ("name", "reference"), ("roster_on", "due_on"), ("template", "other"), "aspects",
    )  # fmt: skip

    class Meta:
        model = Round
        fields = ["organisation", "year", "name", "reference", "roster_on", "due_on"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = round_organisations(user)  # type: ignore[attr-defined]
        self.fields["other"].queryset = Round.objects.visible_to(user).order_by("-pk")  # type: ignore[attr-defined]
        campaigns = [("", _("I lay down the stages myself")), *templates.choices()]
        self.fields["template"].choices = campaigns  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("template") and found.get("other"):
            self.add_error("other", _("Please choose either a campaign or a round to copy."))
        if not found.get("aspects") and not found.get("other") and "aspects" not in self.errors:
            self.add_error("aspects", _("Please write at least one aspect."))
        return found


def round_organisations(user: Any) -> Any:
    """The organisations at which this person may open a round: those of an oversight, not all below."""
    rows = Organisation.objects.visible_to(user)
    return rows.filter(path__in=user.reach.oversight_paths("run_rounds"))
