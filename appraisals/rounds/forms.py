"""What is typed for the plan of a round, for a branch in a stage, and for the roster."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from appraisals.models import Requirement, Stage
from appraisals.rounds import templates
from appraisals.rounds.actions.roster import BY_HAND
from appraisals.rounds.metrics import STAGES, passed_after
from appraisals.rounds.models import Applies
from appraisals.rounds.models.roster import EventKind
from branches.models import Organisation
from figures.registry import registered
from shell.forms import DateField, ShellForm, ShellModelForm


def _figures(last: int = STAGES) -> list[tuple[str, Any]]:
    """Code and name of each; of stages those up to the `last` one."""
    beyond = passed_after(last)
    return [(metric.code, metric.label) for metric in registered() if metric.code not in beyond]


class TemplateForm(ShellForm):
    """The plan to begin from: a shipped campaign, or another round of the same person's organisations."""

    template = forms.ChoiceField(label=_("Kind of campaign"), required=False)
    other: Any = forms.ModelChoiceField(label=_("Or copy the plan of"), queryset=None, required=False)
    first = DateField(label=_("First day"), required=False, help_text=_("Empty: the roster day."))

    arrange = (("template", "other"), "first")

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", _("Please choose")), *templates.choices()]  # type: ignore[attr-defined]
        self.fields["other"].queryset = rounds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("template")) == bool(found.get("other")):
            raise ValidationError(_("Please choose a campaign, or a round whose plan is copied."))
        return found


class StageForm(ShellModelForm):
    arrange = (("name", "gate"), ("starts_on", "ends_on"), "work")

    class Meta:
        model = Stage
        fields = ["name", "gate", "starts_on", "ends_on", "work"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("starts_on") and found.get("ends_on") and found["ends_on"] < found["starts_on"]:
            raise ValidationError({"ends_on": _("The last day must not lie before the first day.")})
        return found


class RequirementForm(ShellModelForm):
    metric = forms.ChoiceField(label=_("Figure"))
    base = forms.ChoiceField(label=_("Of which figure"), required=False)
    arrange = (("metric", "value"), ("base", "severity"), "clause")

    class Meta:
        model = Requirement
        fields = ["metric", "base", "value", "severity", "clause"]

    def __init__(self, *args: Any, last: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = _figures(self.instance.stage.position if last is None else last)
        self.fields["metric"].choices = offered  # type: ignore[attr-defined]
        self.fields["base"].choices = [("", _("A number, no share")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self.instance.operator = "share" if found.get("base") else "at_least"
        if found.get("base") and (found.get("value") or 0) > 100:
            raise ValidationError({"value": _("A share is at most 100 %.")})
        return found


class RequirementsField(forms.ModelMultipleChoiceField):
    """Requirements, each with its stage."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.stage} · {obj}" + (f"（{obj.clause}）" if obj.clause else "")


class NewRequirementForm(RequirementForm):
    """One line of a revision: a requirement that it adds; an empty line is none."""

    is_line = True
    stage: Any = forms.ModelChoiceField(label=_("Stage"), queryset=None)

    class Meta:
        model = Requirement
        fields = ["stage", "metric", "value", "base", "severity", "clause"]

    def __init__(self, *args: Any, stages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].queryset = stages  # type: ignore[attr-defined]
        metric: Any = self.fields["metric"]
        metric.choices = [("", _("Please choose")), *metric.choices]


NewRequirements = forms.formset_factory(NewRequirementForm, extra=4, max_num=20, absolute_max=20)


class RevisionForm(ShellForm):
    """A change of the plan of an open round: what is dropped; what is added stands in the lines below."""

    applies = forms.ChoiceField(label=_("Holds"), choices=Applies.choices)
    reference = forms.CharField(label=_("Notice number"), max_length=60, required=False)
    changes = forms.CharField(label=_("What changes"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    dropped: Any = RequirementsField(
        label=_("No longer required"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    arrange = (("applies", "reference"), "changes", "dropped")

    def __init__(self, data: Any, *, stages: Any, needed: Any) -> None:
        super().__init__(data)
        self.fields["dropped"].queryset = needed  # type: ignore[attr-defined]
        told = {"stages": stages, "last": len(stages)}
        self.lines = NewRequirements(data, prefix="added", form_kwargs=told)

    def is_valid(self) -> bool:
        """Both parts are read, so that every fault is shown at once."""
        return all([super().is_valid(), self.lines.is_valid()])

    @property
    def told(self) -> dict[str, Any]:
        """As the action takes it; the requirements it adds are not yet saved."""
        found = self.cleaned_data
        added = [line.instance for line in self.lines if line.has_changed()]
        for requirement in added:
            requirement.clause = requirement.clause or found["reference"]
        return {**found, "added": added, "dropped": list(found["dropped"])}


class ExtensionForm(ShellForm):
    due_on = DateField(label=_("New last day"))
    note = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class GiveBackForm(ShellForm):
    """What is to be made up: one item a line, all by one day."""

    note = forms.CharField(label=_("What falls short"), max_length=500, widget=forms.Textarea({"rows": 2}))
    items = forms.CharField(
        label=_("Items to make up"), max_length=3000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One item a line; each is closed by evidence and a second look."),
    )  # fmt: skip
    due_on = DateField(label=_("To be made up by"))

    arrange = ("note", "items", "due_on")

    def clean_items(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        if long := [line for line in lines if len(line) > 300]:
            raise ValidationError(_("At most 300 characters a line, please shorten: “%s…”") % long[0][:20])
        return lines


class EventForm(ShellForm):
    """What happened to a member of the roster."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[("", _("Please choose")), *((k.value, k.label) for k in map(EventKind, BY_HAND))],
    )
    happened_on = DateField(label=_("Day"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    arrange = (("kind", "happened_on"), "note")


class OfferForm(ShellForm):
    """Another branch of the round, by its exact name: one may have to name a branch one does not see."""

    to = forms.CharField(label=_("Branch that appraises"), max_length=160)
    note = forms.CharField(label=_("Reason"), max_length=200, required=False)

    arrange = ("to", "note")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_to(self) -> Organisation:
        words = self.cleaned_data["to"]
        found = list(Organisation.objects.addressed_by(self.user, words)[:2])
        if len(found) != 1:
            raise ValidationError(
                _("No single branch is called “%s”: please write its full name, or superior/branch.") % words
            )
        return found[0]
