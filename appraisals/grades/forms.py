"""What is typed of grades: the grid of a branch, what was said, the numbers of the assembly."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.grades.actions.saying import Numbers
from appraisals.grades.actions.weighing import WORDS, Weighed
from appraisals.grades.chains import LOW, Level
from appraisals.grades.models import DisposalFile, Grade, GradeText, Grading
from appraisals.grades.models.words import LONGEST, OF_PERSON, WordKind
from appraisals.grades.pages import Line
from appraisals.grades.quota import Size
from appraisals.materials.models import Source
from shell.forms import DateField, ShellForm, ShellModelForm

GRADE = _("Grade")
LABELS = {
    "peers": _("Mutual review, opinion of the group"),
    "opinion": _("Opinion of the branch"),
    "reason": _("Reason of a low grade"),
    "measure": _("How the person is helped"),
}


class GridForm(ShellForm):
    """Grade and words of many members; a member whose fields were left as they are is not written. Of one alone all
    words are shown, of many those of the group stay as they are."""

    def __init__(self, *args: Any, lines: Sequence[Line], texts: dict[int, GradeText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.theirs = lines, dict[int, str]()
        self.now = {line.entry.pk: _as_it_is(line, texts) for line in lines}
        self.words = WORDS if len(lines) == 1 else WORDS[1:]
        for line in lines:
            self._add(line, self.now[line.entry.pk])

    def _add(self, line: Line, held: Weighed) -> None:
        key, levels = held.entry, [("", "--"), *((v.value, f"{n} {v.label}") for n, v in enumerate(Level, 1))]
        choice = forms.Select({"class": "form-select form-select-sm", "aria-label": f"{line.called} {GRADE}"})
        self.fields[f"level{key}"] = forms.ChoiceField(
            label=GRADE, choices=levels, required=False, initial=held.level, widget=choice
        )
        self.fields[f"seen{key}"] = forms.IntegerField(
            initial=held.seen, min_value=0, widget=forms.HiddenInput(), required=False
        )
        for name in self.words:
            area = {"class": "form-control form-control-sm", "rows": 1, "aria-label": f"{line.called} {LABELS[name]}"}
            self.fields[f"{name}{key}"] = forms.CharField(
                label=LABELS[name], required=False, max_length=LONGEST, initial=getattr(held, name),
                widget=forms.Textarea(area),
            )  # fmt: skip
        for name in ("level", *self.words):
            field: Any = self.fields[f"{name}{key}"]
            field.told_as = f"{line.called} {field.label}"  # in the list of what is wrong

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each member with his fields, as the page prints them."""
        found = []
        for line in self.lines:
            key = line.entry.pk
            fields = {name: self[f"{name}{key}"] for name in ("level", "seen", *self.words)}
            is_low = str(fields["level"].value() or "") in LOW
            is_low = is_low or any(fields[name].value() or fields[name].errors for name in ("reason", "measure"))
            told = {"line": line, **fields, "low": [fields["reason"], fields["measure"]]}
            found.append({**told, "is_low": is_low, "theirs": self.theirs.get(key, "")})
        return found

    def weighed(self) -> list[Weighed]:
        """What was changed against what the page showed; of a member whose fields were not sent nothing."""
        rows = [self._row(key) for key in self.now if f"seen{key}" in self.data]
        return [row for row in rows if not _same(row, self.now[row.entry])]

    def _row(self, key: int) -> Weighed:
        told = {name: self.cleaned_data[f"{name}{key}"] for name in ("level", *self.words)}
        return replace(self.now[key], seen=self.cleaned_data[f"seen{key}"] or 0, **told)

    def fall_behind(self, entries: Sequence[int]) -> None:
        """Somebody was faster: what he wrote stands beside what was typed here, and the next save is meant."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for key in entries:
            held = self.now[key]
            data[f"seen{key}"] = str(held.seen)
            level = str(Level(held.level).label) if held.level else "--"
            self.theirs[key] = "；".join(filter(None, (level, *(getattr(held, name) for name in WORDS))))
        self.data = data
        words = _("Somebody else has saved some of these members meanwhile: his version stands beside yours. Save again"
                  " to put yours in its place.")  # fmt: skip
        self.add_error(None, words)


def _as_it_is(line: Line, texts: dict[int, GradeText]) -> Weighed:
    grade = line.grade
    text = texts.get(grade.pk) if grade else None
    words = {name: getattr(text, name) if text else "" for name in WORDS}
    return Weighed(line.entry.pk, grade.level if grade else "", seen=grade.version if grade else 0, **words)


def _same(one: Weighed, other: Weighed) -> bool:
    return _plain(one) == _plain(other)


def _plain(row: Weighed) -> list[str]:
    """As a browser sends it back: line ends of its own, no blanks around."""
    return [str(getattr(row, name)).replace("\r\n", "\n").strip() for name in ("level", *WORDS)]


class SayForm(ShellForm):
    """What was said about one grade, by the person or to him."""

    said_on = DateField(label=_("Day"))
    source = forms.ChoiceField(
        label=_("Source"), choices=[(s.value, s.label) for s in (Source.PAPER, Source.SPOKEN)],
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )  # fmt: skip
    text = forms.CharField(label=_("Words"), max_length=LONGEST, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, grade: Grade, kind: WordKind, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["said_on"] = timezone.localdate()
        if own or kind not in OF_PERSON:
            del self.fields["source"]
        if own:
            del self.fields["said_on"]
        if kind == WordKind.AGREED:
            self.fields["text"].required = False
            self.fields["text"].label = _("What you want to add") if own else _("What the person adds")
        if kind == WordKind.MET:
            self.fields["text"].label = _("Who met the person, and what was said")


class SharesForm(ShellForm):
    """How many 优秀 each branch of a pool may have; empty: nothing is laid down for it."""

    def __init__(self, *args: Any, rows: Sequence[tuple[Grading, Size, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pool = rows
        for row, _size, _marked in rows:
            field = {"class": "form-control form-control-sm num", "inputmode": "numeric"}
            self.fields[f"share{row.pk}"] = forms.IntegerField(
                label=row.organisation.label, required=False, min_value=0, max_value=9999, initial=row.share,
                widget=forms.TextInput({**field, "aria-label": row.organisation.label}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Grading, Size, int, forms.BoundField]]:
        """Each branch with its roster, how many are marked there, and its field."""
        return [(row, size, marked, self[f"share{row.pk}"]) for row, size, marked in self.pool]

    @property
    def shares(self) -> dict[int, int | None]:
        """As the action takes them."""
        return {row.pk: self.cleaned_data[f"share{row.pk}"] for row, _size, _marked in self.pool}


class AssemblyForm(ShellForm):
    """One vote of the assembly on the members ticked."""

    held_on = DateField(label=_("Day of the meeting"))
    minute = forms.CharField(label=_("Number of the minutes"), max_length=60, required=False)
    due = forms.IntegerField(label=_("Due with the right to vote"), min_value=1, max_value=99_999)
    present = forms.IntegerField(label=_("Came with the right to vote"), min_value=0, max_value=99_999)
    yes = forms.IntegerField(label=_("In favour"), min_value=0, max_value=99_999)
    no = forms.IntegerField(label=_("Against"), min_value=0, max_value=99_999, initial=0)
    abstain = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=99_999, initial=0)
    arrange = (("held_on", "minute"), ("due", "present"), ("yes", "no", "abstain"))

    @property
    def numbers(self) -> Numbers:
        """As the action takes them."""
        return Numbers(**{name: self.cleaned_data[name] for name in ("due", "present", "yes", "no", "abstain")})


class InformedForm(ShellForm):
    """Who was informed before a disposal file is made."""

    informed = forms.CharField(label=_("Who at the basic-level committee was informed"), max_length=80)
    informed_on = DateField(label=_("Informed on"))


class DisposalForm(ShellModelForm):
    arrange = (("way", "due_on"),)

    class Meta:
        model = DisposalFile
        fields = ["way", "due_on"]


class DisposalNoteForm(ShellForm):
    """One fact of a disposal file."""

    noted_on = DateField(label=_("Day"))
    text = forms.CharField(label=_("What was done or found"), max_length=2000, widget=forms.Textarea({"rows": 3}))
