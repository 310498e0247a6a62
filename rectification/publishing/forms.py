"""What is typed of a publication: its head, which problems, and each line as its audience reads it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rectification.models import Publication, PublicationLine
from rectification.publishing.actions import FACTS, LINE
from shell.forms import ShellModelForm

DAYS = timedelta(30)


class HeadForm(ShellModelForm):
    """Before whom, until when."""

    arrange: ClassVar[Any] = ("title", ("audience", "until"), "intro")

    class Meta:
        model = Publication
        fields = ["title", "intro", "audience", "until"]
        widgets = {"intro": forms.Textarea({"rows": 2})}
        help_texts = {
            "audience": _(
                "Society: approved by a superior alone. All else: reviewed by the committee of the branch or a"
                " superior, approved by the secretary or a superior. Who proposes, reviews and approves are three: what"
                " the secretary proposed or reviewed is approved by a superior. People of the unit read it by its"
                " address or on paper."
            ),
            "until": _("After this day it is shown no longer, by itself."),
        }

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class BeginForm(HeadForm):
    """The head and the problems; `client_key` is made with the empty form."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    problems = forms.TypedMultipleChoiceField(
        label=_("Which problems"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the branch and of its committee; a member's own is put before nobody."),
    )  # fmt: skip
    arrange: ClassVar[Any] = ("title", ("audience", "until"), "intro", "problems")

    def __init__(self, *args: Any, problems: Sequence[Any], **kwargs: Any) -> None:
        begin = {"client_key": uuid4(), "until": timezone.localdate() + DAYS}
        kwargs["initial"] = begin | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["problems"].choices = [(row.pk, _told(row)) for row in problems]  # type: ignore[attr-defined]


def _told(row: Any) -> str:
    due = f" · {row.due_on}" if row.due_on else ""
    return f"№{row.pk} {row.short}（{row.get_state_display()}{due}）"


class LineForm(ShellModelForm):
    arrange: ClassVar[Any] = ("text", "measures", ("post", "due_on"), "so_far")

    class Meta:
        model = PublicationLine
        fields = ["text", "measures", "post", "due_on", "so_far"]
        widgets = {name: forms.Textarea({"rows": 2}) for name in ("text", "measures", "so_far")}
        help_texts = {"post": _("The post or the office, never a person.")}


class Sheet:
    """Head and lines on one page, as posted or as they stand."""

    def __init__(self, publication: Publication, lines: Sequence[PublicationLine], data: Any = None) -> None:
        # Copies: what the forms refuse is not to change the rows that the page speaks of.
        self.head = HeadForm(data, instance=_copy(publication))
        self.lines = [LineForm(data, instance=_copy(line), prefix=f"line{line.pk}") for line in lines]

    def is_valid(self) -> bool:
        """Ask each form, and say above the page in which lines something is to be corrected."""
        faulty = [str(number) for number, form in enumerate(self.lines, 1) if not form.is_valid()]
        if self.head.is_valid() and faulty:
            self.head.add_error(None, _("Please correct line %(numbers)s.") % {"numbers": "、".join(faulty)})
        return not faulty and self.head.is_valid()

    @property
    def facts(self) -> dict[str, Any]:
        return self.head.facts

    @property
    def by_line(self) -> dict[int, dict[str, Any]]:
        """By the key of a line what it says."""
        return {form.instance.pk: {name: form.cleaned_data[name] for name in LINE} for form in self.lines}

    def add_error(self, field: str | None, words: Any) -> None:
        """As of a form: a refusal stands above the page."""
        self.head.add_error(field, words)


def _copy(row: Any) -> Any:
    return type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
