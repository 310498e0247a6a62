"""What is typed of a pledge."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Member
from rectification.models import Pledge, PledgeReview
from rectification.pledges.checklists import Line
from rectification.problems.forms import People
from rectification.problems.kinds import Whose
from shell.forms import DateField, ShellForm, ShellModelForm


class PledgeForm(ShellModelForm):
    """One pledge; `client_key` is made with the empty form."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    arrange: ClassVar[Any] = (
        ("whose", "member", "responsible"), "text", "how", ("sort", "due_on", "round"),
    )  # fmt: skip
    shown_with: ClassVar[Any] = {"member": "whose:member", "responsible": "whose:branch,committee"}

    class Meta:
        model = Pledge
        fields = ["whose", "member", "responsible", "text", "how", "sort", "due_on", "round"]
        widgets = {"text": forms.Textarea({"rows": 3}), "how": forms.Textarea({"rows": 2})}
        help_texts = {"member": _("Only of a member's own pledge; he answers for it himself.")}

    def __init__(self, *args: Any, rounds: Any, people: People, own: Member | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        for name in ("member", "responsible"):
            field: Any = self.fields[name]
            field.queryset = Member.objects.filter(pk__in=[key for key, _name in people])
            field.choices = [("", _("Nobody named")), *people]
        self.own = own
        if own is not None:
            for name in ("whose", "member", "responsible"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.own is not None:
            found |= {"whose": Whose.MEMBER, "member": self.own, "responsible": self.own}
        elif found.get("whose") == Whose.MEMBER and not found.get("member"):
            self.add_error("member", _("Please choose whose pledge it is."))
        elif found.get("whose") == Whose.MEMBER:
            found["responsible"] = found["member"]
        elif found.get("member"):
            self.add_error("member", _("A member is named only where it is a member's own pledge."))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


class ReviewForm(ShellModelForm):
    """One look on the way, along the checklist."""

    met = forms.MultipleChoiceField(
        label=_("Met"), choices=Line.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    reviewed_on = DateField(label=_("Looked at on"), initial=timezone.localdate)
    arrange: ClassVar[Any] = (("period", "reviewed_on", "standing"), "met", "words")

    class Meta:
        model = PledgeReview
        fields = ["period", "reviewed_on", "standing", "met", "words"]
        widgets = {"words": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("period"):  # what most look at: the quarter that runs
            self.initial["period"] = f"q{(timezone.localdate().month + 2) // 3}"

    @property
    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        found = self.cleaned_data
        return {**{name: found[name] for name in ("period", "standing", "met", "words")}, "on": found["reviewed_on"]}


class VoteForm(ShellForm):
    """By which vote it is rated."""

    vote: Any = forms.ModelChoiceField(label=_("Vote"), queryset=None, required=False, empty_label=_("None"))

    def __init__(self, *args: Any, votes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = votes  # type: ignore[attr-defined]
