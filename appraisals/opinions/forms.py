"""What is typed for opinions."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.opinions import rules
from appraisals.opinions.actions import Numbers
from appraisals.opinions.channels import COUNTED, Channel, Target
from appraisals.opinions.desk import person_at
from appraisals.opinions.models.register import MOST
from appraisals.opinions.receivers import Receiver
from branches.models import Organisation, User
from shell.forms import DateField, ShellForm, name_the_empty_choice

LONGEST_PASTE = 40_000


class AboutForm(ShellForm):
    """Whom an opinion is about."""

    target = forms.ChoiceField(label=_("About"), choices=[("", "---------"), *Target.choices])
    person = forms.CharField(
        label=_("Person concerned"),
        max_length=40,
        required=False,
        help_text=_("Only of leading cadres and ordinary members; may stay open."),
        widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
    )
    arrange: ClassVar[Any] = (("target", "person"),)

    def __init__(self, *args: Any, organisation: Organisation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.user = organisation, user

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["concerns"] = None
        if name := found.get("person"):
            day = found.get("noted_on") or timezone.localdate()
            try:
                found["concerns"] = person_at(self.organisation, name, day, self.user)
            except ValidationError as refusal:
                self.add_error("person", refusal)
        return found


class OpinionForm(AboutForm):
    """One opinion, or several pasted one a line."""

    channel = forms.ChoiceField(label=_("Channel"), choices=[("", "---------"), *Channel.choices])
    noted_on = DateField(label=_("Noted on"))
    count = forms.IntegerField(label=_("Mentions"), min_value=1, max_value=MOST, initial=1)
    text = forms.CharField(
        label=_("Opinion"),
        max_length=LONGEST_PASTE,
        required=False,
        widget=forms.Textarea({"rows": 6, "autofocus": True}),
        help_text=_(
            "As it was said, without who said it. Several lines are several opinions; ×3 at the end of a line stands"
            " for three that say the same. Without words only the number is kept."
        ),
    )
    arrange: ClassVar[Any] = (("channel", "noted_on", "count"), ("target", "person"), "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_of_committee:
            target: Any = self.fields["target"]
            target.choices = [choice for choice in target.choices if choice[0] != Target.COMMITTEE]
            name_the_empty_choice(target, _("Please choose"))
            target.error_messages["invalid_choice"] = rules.ABOUT_ONESELF

    @property
    def is_of_committee(self) -> bool:
        """True if whoever types is of the committee there: what is about it he enters as little as he reads it."""
        return self.organisation.path in self.user.reach.served_paths

    def next_begins(self) -> dict[str, Any]:
        """What the next entry begins with, for its address: everything but the words."""
        return {name: self.cleaned_data[name] for name in ("channel", "target", "noted_on")}

    def clean_noted_on(self) -> Any:
        day = self.cleaned_data["noted_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Opinions are entered after they were given: please check the day."))
        return day


class SealForm(ShellForm):
    """To whom it is handed."""

    receiver = forms.ChoiceField(label=_("Hand over to"))

    def __init__(self, *args: Any, receivers: list[Receiver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {one.key: one for one in receivers}
        field: Any = self.fields["receiver"]
        field.choices = [("", "---------"), *((one.key, one.label) for one in receivers)]

    @property
    def chosen(self) -> Receiver:
        return self.receivers[self.cleaned_data["receiver"]]


class ChannelForm(ShellForm):
    """The numbers of every channel that is counted: a line each."""

    counted_on = DateField(label=_("Counted on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in COUNTED.items():
            if words.issued:
                self.fields[f"issued_{name}"] = self._number(name, words.issued)
                self.fields[f"approximate_{name}"] = forms.BooleanField(required=False, label=_("Approximately"))
            if words.returned:
                self.fields[f"returned_{name}"] = self._number(name, words.returned)
        for field in self.fields.values():
            is_tick = isinstance(field, forms.BooleanField)
            field.widget.attrs["class"] = "form-check-input" if is_tick else "form-control form-control-sm"

    @staticmethod
    def _number(name: str, words: Any) -> forms.IntegerField:
        label = f"{Channel(name).label} · {words}"
        widget = forms.NumberInput({"aria-label": label, "inputmode": "numeric"})
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=10_000_000, widget=widget)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, words in COUNTED.items():
            if words.returned and (found.get(f"returned_{name}") or 0) > (found.get(f"issued_{name}") or 0):
                told = _("No more forms can be returned than were issued: please check both numbers.")
                self.add_error(f"returned_{name}", told)
        return found

    def lines(self) -> list[tuple[Any, Any, Any, Any, Any]]:
        """A line a channel: its name, the words of its first number, and its three fields, None where it has none."""
        return [
            (
                Channel(name).label,
                words.issued,
                self[f"issued_{name}"],
                self[f"returned_{name}"] if words.returned else None,
                self[f"approximate_{name}"],
            )
            for name, words in COUNTED.items()
            if words.issued
        ]

    @property
    def counted(self) -> dict[str, Numbers]:
        """What was typed, for the action; a blank is 0."""
        found = self.cleaned_data
        return {
            name: Numbers(
                found[f"issued_{name}"] or 0, found.get(f"returned_{name}") or 0, found[f"approximate_{name}"]
            )
            for name, words in COUNTED.items()
            if words.issued
        }
