"""What is typed of a visit on one page, and the lines of a checklist."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from appraisals.supervision.actions.visits import Entry, Found
from appraisals.supervision.checklists import Checklist, Line
from appraisals.supervision.models import OwnChecklist, SupervisionGroup, Visit, VisitLine
from appraisals.supervision.models.visits import Result
from shell.forms import ShellForm, ShellModelForm

AREA = {"rows": 3}
SEEN = '<p class="form-label">{}</p>'


class VisitForm(ShellModelForm):
    """The facts of a visit; `client_key` is made with the empty form, `version` is what the page knows of a draft."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = forms.CharField(label=_("Reason for the correction"), max_length=500)

    class Meta:
        model = Visit
        fields = [
            "visited_on", "manner", "round", "met", "saw_record_book", "saw_notebooks", "saw_ledgers", "comments",
            "opinion", "due_on",
        ]  # fmt: skip
        widgets = {"comments": forms.Textarea(AREA), "opinion": forms.Textarea(AREA)}

    arrange = (
        "reason", ("visited_on", "manner"), ("round", "met"), ("saw_record_book", "saw_notebooks", "saw_ledgers"),
        "comments", "opinion", "due_on",
    )  # fmt: skip

    def __init__(self, *args: Any, rounds: Any, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        if not corrects:
            del self.fields["reason"]

    @property
    def helper(self) -> FormHelper:
        """With the lines of the checklist between what was looked at and what is said of it."""
        helper = super().helper
        place = next(n for n, part in enumerate(helper.layout) if part == "comments")
        helper.layout.insert(place, HTML('{% include "appraisals/_visit_lines.html" with lines=sheet.lines %}'))
        # Above the boxes, which say only what each of them is.
        helper.layout.insert(place - 1, HTML(format_html(SEEN, _("Looked at on the spot"))))
        return helper

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of Visit as typed."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class FoundForm(ShellForm):
    """One line of the checklist."""

    result = forms.ChoiceField(choices=Result.choices, widget=forms.RadioSelect, initial=Result.UNSEEN)
    evidence = forms.CharField(label=_("What was found"), max_length=500, required=False)
    wants_makeup = forms.BooleanField(label=_("Ask to make up"), required=False)

    def __init__(self, *args: Any, line: Line, may_ask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        for name in ("result", "evidence", "wants_makeup"):
            self.fields[name].told_as = line.words  # type: ignore[attr-defined]
        if not may_ask:
            del self.fields["wants_makeup"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("wants_makeup") and found.get("result") != Result.SHORT:
            raise ValidationError({"wants_makeup": _("Only what falls short is to be made up.")})
        return found

    @property
    def found(self) -> Found:
        told = self.cleaned_data
        return Found(self.line.code, told["result"], told["evidence"].strip(), told.get("wants_makeup", False))


class VisitSheet:
    """The whole page: facts, and a line for each of the checklist. `visit` is the draft or the record corrected."""

    def __init__(
        self, data: QueryDict | None, checklist: Checklist, *, rounds: Any, may_ask: bool, visit: Visit | None = None,
        corrects: bool = False,
    ) -> None:  # fmt: skip
        self.checklist, self.corrects = checklist, corrects
        self.is_draft = visit is not None and not corrects
        begun = {"client_key": uuid4(), "visited_on": timezone.localdate(), "round": rounds.first()}
        if visit is not None:
            begun = {"client_key": uuid4() if corrects else visit.client_key, "version": visit.version}
        instance = _copy(visit) if visit is not None else None
        self.form = VisitForm(data, rounds=rounds, corrects=corrects, instance=instance, initial=begun)
        rows: dict[str, VisitLine] = {row.code: row for row in visit.found_lines.all()} if visit is not None else {}
        self.lines = [
            FoundForm(data, prefix=f"line-{line.code}", line=line, may_ask=may_ask, initial=_said(rows.get(line.code)))
            for line in checklist.lines
        ]

    def is_valid(self) -> bool:
        """Every part is read, so that all faults are shown at once."""
        valid = all([self.form.is_valid(), *[line.is_valid() for line in self.lines]])
        for line in self.lines:
            words = [str(fault) for faults in line.errors.values() for fault in faults]
            if words:
                self.form.add_error(None, [f"{line.line.words}：{word}" for word in words])
        return valid

    @property
    def entry(self) -> Entry:
        return Entry(self.form.facts, [line.found for line in self.lines])

    def told(self, save: str | None) -> dict[str, Any]:
        """What the action wants to know besides: a new record its key, a draft the version seen, a correction why."""
        found = self.form.cleaned_data
        if self.corrects:
            return {"client_key": found["client_key"], "reason": found["reason"]}
        known = {"seen": found["version"] or 0} if self.is_draft else {"client_key": found["client_key"]}
        return {**known, "submit": save == "submit"}


def _copy(visit: Visit) -> Visit:
    """The record as the form fills it: what the form refuses is not to change the row that the page speaks of."""
    return Visit(**{field.attname: getattr(visit, field.attname) for field in Visit._meta.concrete_fields})


def _said(row: VisitLine | None) -> dict[str, Any]:
    return {"result": row.result, "evidence": row.evidence, "wants_makeup": row.wants_makeup} if row else {}


class GroupForm(ShellModelForm):
    """A supervision group and its branches."""

    branches: Any = forms.ModelMultipleChoiceField(
        label=_("Branches overseen"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("A branch that another group oversees goes over to this one."),
    )  # fmt: skip
    arrange = (("name", "leader"), "people", "branches")

    class Meta:
        model = SupervisionGroup
        fields = ["name", "leader", "people"]
        help_texts = {"people": _("Names only: whom the security administrator gives the office oversees.")}

    def __init__(self, *args: Any, below: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branches"].queryset = below  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**facts, "branches": [branch.pk for branch in self.cleaned_data["branches"]]}


class ChecklistForm(ShellModelForm):
    """A checklist of one's own, a line each."""

    arrange = ("name", "wording")

    class Meta:
        model = OwnChecklist
        fields = ["name", "wording"]
        widgets = {"wording": forms.Textarea({"rows": 8})}
        help_texts = {
            "wording": _("One a line, worded as it should be: “Materials are written and reviewed”. Visits already "
                         "recorded keep their words.")
        }  # fmt: skip

    @property
    def told(self) -> tuple[str, Sequence[str]]:
        found = self.cleaned_data
        return found["name"], found["wording"].splitlines()
