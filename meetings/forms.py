"""What is typed for a meeting. A draft may have gaps; `strict` asks for everything a submission needs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.models import Member
from meetings.actions import Entry
from meetings.due import Due
from meetings.kinds import COMBINABLE, Form, combinable
from meetings.models import GuestKind, Meeting, Original, Status, Way
from shell.forms import Fold, ShellForm, ShellModelForm
from shell.outline import plain


def _minutes_of(form: str) -> str:
    """The name of the field for the words of a further form of the same sitting."""
    return f"minutes_{form}"


class MeetingForm(ShellModelForm):
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One item a line; numbers are added by themselves."),
    )
    observers = forms.CharField(
        label=_("Guests"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "One guest a line: name, then the title after a comma or a space. What a guest is may stand before the "
            "name: “Representative of the masses: …”."
        ),
    )
    minutes = forms.CharField(
        label=_("Minutes"), required=False, max_length=100_000, widget=forms.Textarea({"rows": 10})
    )
    also = forms.MultipleChoiceField(
        label=_("Also counts as"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ticked forms count as held; the attendance list is one for all of them."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    arrange: ClassVar[Sequence[str | tuple[str, ...] | Fold]] = (
        "theme",
        ("started_at", "ended_at", "place"),
        ("host", "recorder", "appraisal_year"),
        "agenda",
        "observers",
        ("minutes_original", "book_number", "book_pages"),
        "minutes",
        "late_reason",
        Fold(_("Other ways of taking part"), (("way_video", "way_written"), ("way_at_home", "way_by_post"))),
        Fold(_("Several forms at this sitting"), ("also", *(_minutes_of(form) for form in COMBINABLE))),
    )

    needed = ("theme", "ended_at", "place", "host", "recorder", "agenda")
    needed_on_paper = ("book_number", "book_pages")
    shown_with: ClassVar[Mapping[str, str]] = {
        "book_number": "minutes_original:paper",
        "book_pages": "minutes_original:paper",
    }

    class Meta:
        model = Meeting
        fields = [
            "theme", "started_at", "ended_at", "place", "host", "recorder", "appraisal_year", "minutes_original",
            "book_number", "book_pages", "late_reason",
        ]  # fmt: skip

    def __init__(self, *args: Any, members: list[Due], strict: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.filter(pk__in=[due.member_id for due in members])
        offered = [("", _("Please choose")), *((due.member_id, due.name) for due in members)]
        for name in ("host", "recorder"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # in the order of the register
        self.fields["theme"].required = False
        self.fields["theme"].widget.attrs |= {"list": "themes", "autocomplete": "off"}
        self.fields["appraisal_year"].help_text = _(
            "Only for meetings of the yearly appraisal, with its study and its group meetings: the year appraised, not "
            "that of the meeting. Otherwise empty."
        )
        self.fields["late_reason"].help_text = _("Only where the record is handed in long after the meeting.")
        self.fields["book_number"].help_text = _("Only for the paper record book: then only day, attendance and "
                                                 "decisions are asked besides.")  # fmt: skip
        on_paper = self["minutes_original"].value() == Original.PAPER
        for name in (*self.needed, *self.needed_on_paper):
            is_needed = on_paper == (name in self.needed_on_paper)
            self.fields[name].required = strict and is_needed
            self.fields[name].widget.attrs.pop("data-needed", None)
            if is_needed:
                self.fields[name].widget.attrs["data-needed"] = ""
        self._offer(combinable(self.instance.form))
        self.keys = {due.name: due.member_id for due in members}
        self.ways: dict[int, str] = {}
        for way in Way:
            self.fields[f"way_{way}"] = forms.CharField(label=way.label, required=False, max_length=2000)
        self.fields[f"way_{Way.VIDEO}"].help_text = _("Names, parted by 、 or a space.")

    def _offer(self, combinable: Sequence[Form]) -> None:
        """The forms that may fall on this sitting, each with room for words of its own."""
        self.fields["also"].choices = [(form.value, form.label) for form in combinable]  # type: ignore[attr-defined]
        if not combinable:
            del self.fields["also"]
        for form in combinable:
            self.fields[_minutes_of(form)] = forms.CharField(
                label=gettext("Minutes: %s") % form.label,
                required=False,
                max_length=100_000,
                widget=forms.Textarea({"rows": 4}),
            )

    def ask_why_late(self, days: int | None, handed_in: date) -> None:
        """Let entry.js show the reason of a late entry only where the meeting was more than `days` before that day."""
        shown = {"data-late-days": "" if days is None else days, "data-late-on": handed_in.isoformat()}
        self.fields["late_reason"].widget.attrs |= shown

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        begins, ends = found.get("started_at"), found.get("ended_at")
        if begins and ends and ends <= begins:
            self.add_error("ended_at", _("The meeting ends before it begins: please check both times."))
        for form in COMBINABLE:
            if found.get(_minutes_of(form)) and form not in found.get("also", ()):
                words = _("Please tick above that the meeting also counts as this form, or empty this field.")
                self.add_error(_minutes_of(form), words)
        for way in Way:
            self._read_names(f"way_{way}", way)
        return found

    def _read_names(self, field: str, way: str) -> None:
        """Who took part in that way, by name as the list calls him; keeps them in `ways`."""
        names = SEPARATORS.split(self.cleaned_data.get(field, "").strip())
        for name in filter(None, names):
            if (key := self.keys.get(name)) is None:
                words = _("“%(name)s” is not in the attendance list: please write the name as it stands there.")
                self.add_error(field, ValidationError(words, params={"name": name[:20]}))
            elif self.ways.setdefault(key, way) != way:
                self.add_error(
                    field, ValidationError(_("“%(name)s” stands in two of these fields."), params={"name": name})
                )
        if field in self.cleaned_data:
            self.cleaned_data[field] = "、".join(filter(None, names))

    def clean_agenda(self) -> list[str]:
        return [_short(line, 200) for line in unnumbered(_lines(self.cleaned_data["agenda"]))]

    def clean_minutes(self) -> str:
        return plain(self.cleaned_data["minutes"])

    def clean_observers(self) -> list[tuple[str, str, str]]:
        guests = (guest(line) for line in _lines(self.cleaned_data["observers"]))
        return [(_short(name, 40), _short(title, 80), kind) for name, title, kind in guests]

    def entry(self, ticks: dict[int, tuple[str, str]]) -> Entry:
        """What was typed, for the action; `ticks` come from the attendance form beside this one."""
        found = self.cleaned_data
        facts = {name: found[name] for name in self.Meta.fields}
        also = {form: plain(found[_minutes_of(form)]) for form in found.get("also", ())}
        return Entry(facts, found["agenda"], ticks, found["observers"], found["minutes"], also, ways=self.ways)


class CorrectionForm(MeetingForm):
    """A filed record written anew, with the reason why."""

    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Shown with the record, to everybody who reads it."),
    )
    arrange = ("reason", *MeetingForm.arrange)


class AttendanceForm(ShellForm):
    """One line per member due: came, on leave or absent, and why."""

    def __init__(self, *args: Any, members: list[Due], strict: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.strict = members, strict
        self.fields["away"] = forms.CharField(
            label=_("List only those who were away"),
            required=False,
            max_length=4000,
            widget=forms.Textarea({"rows": 2, "class": "form-control", "data-away": "", "autocomplete": "off"}),
        )
        for due in members:
            self.fields[f"status_{due.member_id}"] = forms.ChoiceField(
                choices=Status.choices, required=False, label=due.name, widget=forms.RadioSelect({"class": "btn-check"})
            )
            self.fields[f"reason_{due.member_id}"] = forms.CharField(required=False, max_length=100, label=due.name)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for due in self.members if self.strict else ():
            status, reason = found.get(f"status_{due.member_id}"), found.get(f"reason_{due.member_id}")
            if not status and not due.is_exempt:
                self.add_error(f"status_{due.member_id}", _("Please tick whether this member was there."))
            elif status and status != Status.PRESENT and not reason and not due.is_exempt:
                self.add_error(f"reason_{due.member_id}", _("Please give the reason for leave or absence."))
        return found

    @property
    def away_field(self) -> forms.BoundField:
        """Where only those who were away are typed."""
        return self["away"]

    @property
    def lines(self) -> list[tuple[Due, forms.BoundField, forms.BoundField]]:
        """(member, status field, reason field) in set order, for the table of the page."""
        return [(due, self[f"status_{due.member_id}"], self[f"reason_{due.member_id}"]) for due in self.members]

    @property
    def ticks(self) -> dict[int, tuple[str, str]]:
        found = self.cleaned_data
        return {
            due.member_id: (found[f"status_{due.member_id}"], found[f"reason_{due.member_id}"]) for due in self.members
        }

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, str]:
        """The ticks saved before; not those that were set for whoever need not come and was not ticked."""
        saved: dict[str, str] = {}
        for row in meeting.attendances.all():
            if not row.is_due and not row.reason:
                continue
            saved[f"status_{row.member_id}"] = row.status
            saved[f"reason_{row.member_id}"] = row.reason
        return saved


# 顾长青 督导员: two to four characters, a space, and words that end as titles do.
NAME_AND_MORE = re.compile(r"([\u4e00-\u9fff\u00b7]{2,4})\s+(.{2,})")
TITLE = re.compile(r".*(员|长|书记|主任|主席|干部|代表|老师|教师|教授|医生|秘书|经理|组织|委|部|办|局|处|科|组)")
TOLD_BY_TITLE = {"群众代表": GuestKind.MASSES, "督导": GuestKind.SUPERIOR}
SEPARATORS = re.compile(r"[、,，;；\s]+")
SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "东方")


def guest(line: str) -> tuple[str, str, str]:
    """Name, title and kind from one line: the kind by its name before a colon, or where the title says so."""
    before, colon, rest = line.replace("：", ":").partition(":")
    kinds = {str(kind.label): kind for kind in GuestKind}
    if colon and before.strip() in kinds:
        return *_named(rest.strip()), kinds[before.strip()]
    name, title = _named(line)
    return name, title, next((kind for word, kind in TOLD_BY_TITLE.items() if word in title), GuestKind.OBSERVER)


def _named(line: str) -> tuple[str, str]:
    """Name and title: parted by a comma, or by a space where the rest reads like a title.

    Raises ValidationError where a space may part a name from a title or one guest from the next.
    """
    name, comma, title = line.replace("\uff0c", ",").partition(",")
    found = NAME_AND_MORE.fullmatch(name.strip())
    if comma or not found or found[1] in SURNAMES:
        return name.strip(), title.strip()
    if TITLE.fullmatch(found[2]):
        return found[1], found[2]
    words = _("“%(line)s”: please write a comma between name and title, and each guest on a line of his own.")
    raise ValidationError(words, params={"line": line[:40]})


def guest_line(name: str, title: str, kind: str = GuestKind.OBSERVER) -> str:
    """A guest as the form takes him: what he is, where he is no mere observer; name, and title after a comma."""
    line = gettext("%(name)s, %(title)s") % {"name": name, "title": title} if title else name
    return line if guest(line)[2] == kind else f"{GuestKind(kind).label}：{line}"


def _short(text: str, most: int) -> str:
    """The text, or a ValidationError that quotes its beginning: nothing typed is cut off in silence."""
    if len(text) > most:
        words = _("At most %(most)d characters a line, please shorten: “%(text)s…”")
        raise ValidationError(words, params={"most": most, "text": text[:20]})
    return text


NUMERALS = "一二三四五六七八九十"
NUMBERED = re.compile(
    rf"(?:第?([{NUMERALS}]{{1,3}})(?:[、.．,，:：]|项[、,，:：]?)|[(（]([{NUMERALS}]{{1,3}}|\d{{1,2}})[)）]|(\d{{1,2}})[、.．)）])"
    rf"\s*(?![\d{NUMERALS}])"
)


def unnumbered(lines: list[str]) -> list[str]:
    """The agenda without the numbers typed before its items, which every page and ledger writes itself.

    Only where the lines count 1, 2, 3 from the first to the last: “一年级…” and “1.5 …” are words.
    """
    found = [NUMBERED.match(line) for line in lines]
    numbers = [_number(match[1] or match[2] or match[3]) for match in found if match]
    if numbers != list(range(1, len(lines) + 1)):
        return lines
    return [line[match.end() :] or line for line, match in zip(lines, found, strict=True) if match]


def _number(text: str) -> int:
    """What 7, 七 or 十二 counts, up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    count = NUMERALS.find(ones) + 1 if ones else 0
    return (10 * (NUMERALS.find(tens) + 1 if tens else 1) if ten else 0) + count


def _lines(text: str) -> list[str]:
    return [line for line in plain(text).splitlines() if line]
