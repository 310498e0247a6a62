"""What is typed of a problem."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Member
from rectification.problems.actions.entry import SETTLED, Entry
from rectification.problems.kinds import Satisfied, Whose
from rectification.problems.models import Problem
from shell.forms import DateField, Fold, ShellForm, ShellModelForm

AREA = {"rows": 3}
People = Sequence[tuple[int, str]]  # key and name, in the order of the register


class ProblemForm(ShellModelForm):
    """A problem with its measures, one a line. `client_key` is made with the empty form, `version` is what the page
    knows of a row."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    measures = forms.CharField(
        label=_("Measures"), required=False, max_length=8000, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line."),
    )  # fmt: skip

    class Meta:
        model = Problem
        fields = [
            "text", "whose", "member", "category", "origin", "origin_words", "found_on", "round", "cause", "goal",
            "leader", "responsible", "helpers", "due_on", "priority", "difficulty", "at_once",
        ]  # fmt: skip
        widgets = {
            "text": forms.Textarea(AREA),
            "cause": forms.Textarea({"rows": 2}),
            "goal": forms.Textarea({"rows": 2}),
        }
        help_texts = {
            "member": _("Only of a member's own problem; he is responsible for it himself."),
            "responsible": _("Of a problem of branch or committee."),
            "at_once": _("The secretary closes it with a line of evidence; goal and measures may stay open."),
        }

    arrange: ClassVar[Any] = (
        "text", ("whose", "member", "category"), "goal", "measures", ("responsible", "leader", "helpers"),
        ("due_on", "priority", "difficulty"), "at_once",
        Fold(_("Where it came from, and why"), (("origin", "origin_words"), ("found_on", "round"), "cause")),
    )  # fmt: skip

    shown_with: ClassVar[Any] = {"member": "whose:member", "responsible": "whose:branch,committee"}

    def __init__(self, *args: Any, rounds: Any, people: People, own: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        for name in ("member", "responsible"):
            field: Any = self.fields[name]
            field.queryset = Member.objects.filter(pk__in=[key for key, _name in people])
            field.choices = [("", _("Nobody named")), *people]
        if own is not None:
            for name in ("whose", "member", "responsible", "at_once"):
                del self.fields[name]
        self.own = own
        if self.instance.pk and self.instance.state != Problem.State.UNCLAIMED:
            for name in SETTLED:
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.own is not None:
            found |= {"whose": Whose.MEMBER, "member": self.own, "responsible": self.own}
            self.instance.whose, self.instance.member = Whose.MEMBER, self.own
        elif "whose" in self.fields:
            if found.get("whose") == Whose.MEMBER and not found.get("member"):
                self.add_error("member", _("Please choose whose problem it is."))
            if found.get("whose") != Whose.MEMBER and found.get("member"):
                self.add_error("member", _("A member is named only where it is a member's own problem."))
            if found.get("whose") == Whose.MEMBER and found.get("member"):
                found["responsible"] = found["member"]
        return found

    @property
    def entry(self) -> Entry:
        """As the actions take it; what an instance in the form said is not asked."""
        names = [name for name in (*self.Meta.fields, "whose", "member", "responsible") if name in self.cleaned_data]
        lines = tuple(line.strip() for line in self.cleaned_data["measures"].splitlines() if line.strip())
        return Entry({name: self.cleaned_data[name] for name in dict.fromkeys(names)}, lines)

    @property
    def key(self) -> Any:
        return self.cleaned_data["client_key"]

    @property
    def seen(self) -> int:
        return self.cleaned_data["version"] or 0


def begun(problem: Problem | None) -> dict[str, Any]:
    """What the hidden fields and the measures begin with."""
    if problem is None:
        return {"client_key": uuid4(), "found_on": timezone.localdate()}
    lines = "\n".join(measure.text for measure in problem.measures.all())
    return {"client_key": problem.client_key, "version": problem.version, "measures": lines}


class AssignForm(ShellForm):
    """Who is responsible from now on, and until when where no day was set."""

    responsible = forms.TypedChoiceField(label=_("Responsible"), coerce=int)
    due_on = DateField(
        label=_("To be put right by"), required=False, help_text=_("Only for those that have no day yet.")
    )
    arrange: ClassVar[Any] = (("responsible", "due_on"),)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = [("", _("Please choose")), *people]  # type: ignore[attr-defined]


class ExtendForm(ShellForm):
    """Another day, and why."""

    due_on = DateField(label=_("To be put right by"))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))
    arrange: ClassVar[Any] = ("due_on", "reason")

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class VoidForm(ShellForm):
    """Why they are made void."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ProgressForm(ShellForm):
    """How far it is: in words, by measures carried out, and what the people say."""

    words = forms.CharField(
        label=_("How far it is"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    done = forms.TypedMultipleChoiceField(
        label=_("Measures carried out"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    satisfied = forms.ChoiceField(
        label=_("What the people say"), required=False, choices=[("", _("Not asked")), *Satisfied.choices]
    )

    def __init__(self, *args: Any, problem: Problem, **kwargs: Any) -> None:
        measures = list(problem.measures.all())
        kwargs["initial"] = {
            "words": problem.so_far, "satisfied": problem.satisfied,
            "done": [measure.position for measure in measures if measure.done_on],
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["done"].choices = [(m.position, m.text) for m in measures]  # type: ignore[attr-defined]
        if not measures:
            del self.fields["done"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.has_changed():
            raise ValidationError(_("Nothing has changed: please say how far it is, or tick what was carried out."))
        return found


class CheckerForm(ShellForm):
    """The member who verifies."""

    checker = forms.TypedChoiceField(label=_("Checker"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checker"].choices = [("", _("Nobody named")), *people]  # type: ignore[attr-defined]


class RecheckForm(ShellForm):
    """What was seen on a second look."""

    checked_on = DateField(label=_("Looked at again on"))
    holds = forms.TypedChoiceField(
        label=_("Result"), coerce=lambda word: word == "yes",
        choices=[("yes", _("It has stayed put right")), ("no", _("It has come back: write it down anew"))],
    )  # fmt: skip
    words = forms.CharField(label=_("What was seen"), max_length=500, widget=forms.Textarea({"rows": 3}))
    arrange: ClassVar[Any] = (("checked_on", "holds"), "words")

    def clean_checked_on(self) -> Any:
        """Looked at, not planned."""
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("It is looked at again after it was closed: please check the day."))
        return day

    @property
    def done(self) -> str:
        """What is said once it is noted."""
        if self.cleaned_data["holds"]:
            return str(_("Saved."))
        return str(_("Noted. What has come back is a new problem, to be claimed: here it is."))
