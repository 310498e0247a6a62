"""The writing page of a record: what it begins with, what was typed, and saving it."""

from copy import copy
from dataclasses import replace
from typing import Any, ClassVar

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from branches.models import User
from branches.namesakes import told_apart
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Severity
from meetings import actions, clashes, conflicts, late
from meetings.beginnings import offers, presumed
from meetings.conflicts import Difference
from meetings.decisions.entries import Voters, decided
from meetings.decisions.sheet import Board, Matters
from meetings.decisions.votes import Outcome
from meetings.due import due_at
from meetings.forms import AttendanceForm, CorrectionForm, MeetingForm, guest_line
from meetings.models import Meeting, Status, Unsaved, Way
from meetings.quorum import Count
from meetings.shorthand import written_out
from meetings.states import State
from meetings.unsaved import pages as unsaved
from shell.dates import DateError, read_moment
from workflow.models import History


class Sheet:
    """The writing page: facts, attendance and words of one sitting, typed on one form and saved by one action."""

    form_class: type[MeetingForm] = MeetingForm
    is_kept = True  # on the server, while it is typed
    asks_why = True  # it is handed in against a warning
    saves: ClassVar[tuple[str, ...]] = ("draft", "submit")

    def __init__(
        self,
        meeting: Meeting,
        data: QueryDict | None = None,
        *,
        reader: User,
        strict: bool = False,
        like_last: bool = False,
    ) -> None:
        self.meeting, self.reader = meeting, reader
        self.strict = strict
        due = due_at(meeting, _day(meeting, data))
        called = told_apart(((one.member_id, one.name) for one in due), reader)
        members = [replace(one, name=called[one.member_id]) for one in due]
        self.offers = offers(meeting, reader)
        self.unsaved = unsaved.kept(meeting, reader) if data is None and self.is_kept else None
        self.unread: list[str] = []
        if data is not None:
            data, self.unread = written_out(data, members)
        self.typed = data if data is not None else QueryDict()
        initial, ticks = (_saved(meeting, called) if meeting.pk else self._presumed(like_last)), {}
        if meeting.pk:
            ticks = AttendanceForm.initial_of(meeting)
        if self.unsaved:
            initial, ticks = initial | unsaved.fields(self.unsaved), self.unsaved.values
        self.form = self.form_class(data, instance=meeting, members=members, strict=strict, initial=initial)
        self.attendance = AttendanceForm(data, members=members, strict=strict, initial=ticks)
        self.matters = Matters(meeting, self._of_matters(data), members)
        for words in self.unread:
            self.attendance.add_error("away", words)
        self.conflict: list[Difference] | None = None
        self.returned = returned_by(meeting)
        rules = RuleSet(meeting.organisation.path, meeting.held_on.year)
        self.form.ask_why_late(late.days_of(rules), late.handed_in_first(meeting, timezone.now()))

    def _of_matters(self, data: QueryDict | None) -> QueryDict | None:
        """What the rows of decisions begin with: as posted, else as kept, else as saved."""
        return unsaved.posted(self.unsaved) if data is None and self.unsaved else data

    def _presumed(self, like_last: bool) -> dict[str, Any]:
        return presumed(self.meeting, self.reader, self.offers.last if like_last else None)

    def is_valid(self) -> bool:
        """All parts are read, so that every fault is shown at once; the summary on top tells of the lists below."""
        valid = all([self.form.is_valid(), self.attendance.is_valid(), self.matters.is_valid()])
        if not self.matters.is_valid():
            words = _("Decisions: some entries cannot be read, each is marked in its row.")
            self.form.add_error(None, format_html('<a href="#decisions-title">{}</a>', words))
        if self.strict and (words := self._silent_about_delay()):
            self.form.add_error("late_reason", words)
            valid = False
        if faults := len(self.attendance.errors):
            words = _("Attendance: %(count)d entries are missing, each is marked in the list.") % {"count": faults}
            self.form.add_error(None, format_html('<a href="#attendance-title">{}</a>', words))
        return valid

    @property
    def boards(self) -> list[Board]:
        """Who must be there for each kind of business, with the ticks as they stand on the page."""
        voting = {due.member_id for due in self.attendance.members if due.may_vote}
        came = {key for key in voting if self.attendance[f"status_{key}"].value() == Status.PRESENT}
        return self.matters.boards(Voters(voting, came)) if self.meeting.decides else []

    def _entry(self) -> actions.Entry:
        typed = self.form.entry(self.attendance.ticks)
        return replace(typed, motions=self.matters.motions, left_out=self.matters.left_out)

    def _silent_about_delay(self) -> str:
        rules = RuleSet(self.meeting.organisation.path, self.meeting.held_on.year)  # of the day now typed
        remark = late.remark(self.meeting, rules, timezone.now())
        return remark.words if remark and remark.blocks else ""

    def meet(self) -> None:
        """After another writer was faster: show where he differs, and let the next save of this page be meant."""
        kept = unsaved.kept(self.meeting, self.reader)
        if kept is None:
            rows = Meeting.objects.visible_to(self.reader).select_related("organisation")
            self._meet_saved(rows.get(pk=self.meeting.pk))
        else:
            self._meet_kept(kept)

    def _meet_kept(self, theirs: Unsaved) -> None:
        people = {due.member_id: due for due in self.attendance.members}
        (mine, ticks), (other, others) = (
            unsaved.compared(unsaved.typed(self.typed)),
            unsaved.compared(theirs.values),
        )
        matters = Matters(self.meeting, unsaved.posted(theirs), self.attendance.members)
        self.conflict = [
            *conflicts.of_fields(self.form, people, mine, other),
            *(conflicts.of_matters(self.matters, matters, people) if matters.is_valid() else ()),
            *conflicts.of_attendance(people, ticks, others),
        ]
        self._next_is_meant(revision=str(theirs.revision), version=str(theirs.values.get("version", "")))

    def _meet_saved(self, theirs: Meeting) -> None:
        saved = Sheet(theirs, reader=self.reader)
        people = {due.member_id: due for due in (*saved.attendance.members, *self.attendance.members)}
        begun = saved.attendance.initial
        ticks = {key: (begun.get(f"status_{key}", ""), begun.get(f"reason_{key}", "")) for key in people}
        self.conflict = [
            *conflicts.of_fields(self.form, people, self.form.cleaned_data, saved.form.initial),
            *conflicts.of_matters(self.matters, saved.matters, people),
            *conflicts.of_attendance(people, self.attendance.ticks, ticks),
        ]
        self._next_is_meant(revision="", version=str(theirs.version))

    def _next_is_meant(self, **marks: str) -> None:
        data = self.typed.copy()
        for name, value in marks.items():
            data[name] = value
        self.form.data = data

    def warnings(self) -> list[Remark]:
        """What is doubtful about the times typed, where the rule warns: the record is handed in with a reason."""
        others = Meeting.objects.told_to(self.reader)
        rules = RuleSet(self.meeting.organisation.path, self.meeting.held_on.year)
        found = clashes.remarks(self.meeting, rules, others)
        return [remark for remark in found if remark.held.severity == Severity.WARN]

    def question(self) -> str:
        """What is asked before this record is handed in, one point a line; empty where it goes without asking."""
        found = [remark.with_clause for remark in self.warnings()]
        found += self._too_few()
        for name in ("host", "recorder"):
            person = self.form.cleaned_data[name]
            status, _reason = self.attendance.ticks.get(person.pk, ("", "")) if person else ("", "")
            if status and status != Status.PRESENT:
                words = _("%(name)s is entered as “%(field)s” and ticked as “%(status)s”: is that right?")
                field = self.form.fields[name].label
                found.append(words % {"name": person, "field": field, "status": Status(status).label})
        if found or self.meeting.is_filed_on_submission:
            found.append(self._what_happens())
        return "\n\n".join(found)

    def _too_few(self) -> list[str]:
        """That the meeting, or one of its decisions, had too few to decide anything (R02)."""
        if not self.meeting.decides:
            return []
        ticks = {key: status for key, (status, _reason) in self.attendance.ticks.items()}
        lines = ((ticks.get(due.member_id, ""), True, due.may_vote) for due in self.attendance.members)
        if self.matters.motions:
            return self._undecided({key for key, status in ticks.items() if status == Status.PRESENT})
        count = Count.over(lines)
        if count.has_quorum:
            return []
        words = _("%(present)d with the right to vote of %(due)d due were there, %(lacking)d too few: a meeting like "
                  "this decides nothing.")  # fmt: skip
        return [words % {"present": count.voting_present, "due": count.voting_due, "lacking": count.lacking}]

    def _undecided(self, came: set[int]) -> list[str]:
        voting = {due.member_id for due in self.attendance.members if due.may_vote}
        rows = decided(self.matters.motions, self.matters.left_out, Voters(voting, came & voting))
        words = _("“%(subject)s”: %(present)d with the right to vote of %(due)d due took part, too few: no decision "
                  "comes about.")  # fmt: skip
        return [words % row for row in rows if row["outcome"] == Outcome.NO_QUORUM]

    def _what_happens(self) -> str:
        if self.meeting.is_filed_on_submission:
            return _("This record is filed at once and counts in ledgers and figures. Afterwards it changes only by a "
                     "correction with a reason; your superior may look at it and return it.")  # fmt: skip
        return _(
            "The record goes to the superior organisation for acceptance. Until it is accepted you may withdraw it."
        )

    def rehearse(self, *, actor: User) -> None:
        """Hand it in and take that back. Raises what the actions raise."""
        meant, self.meeting = self.meeting, copy(self.meeting)
        try:
            with transaction.atomic():
                self.save(actor=actor, submit=True)
                transaction.set_rollback(True)
        finally:
            self.meeting = meant

    def save(self, *, actor: User, submit: bool, note: str = "") -> None:
        """Save what was typed; with `submit`, hand it in as well, `note` telling why in spite of a warning. Raises what
        the actions raise."""
        entry, is_new = self._entry(), self.meeting.pk is None
        seen = 0 if is_new else self.form.cleaned_data["version"] or 0
        kept = self.form.cleaned_data["revision"] or 0
        try:
            actions.save(self.meeting, entry, actor=actor, seen=seen, submit=submit, note=note, kept=kept)
        except Exception:
            self.meeting.pk = None if is_new else self.meeting.pk  # rolled back: it has no row after all
            raise


class CorrectionSheet(Sheet):
    """The writing page of a filed record: saved only as a correction, with its reason."""

    form_class = CorrectionForm
    is_kept = False
    asks_why = False  # the reason of the correction says it
    saves = ("submit",)

    def _what_happens(self) -> str:
        if self.meeting.is_filed_on_submission:
            return _("The corrected record is filed in place of the old one, which is kept and can be compared.")
        return _(
            "The corrected record goes to the superior organisation for acceptance once more. What was filed is kept"
            " and can be compared."
        )

    def question(self) -> str:
        return super().question() or self._what_happens()

    def save(self, *, actor: User, submit: bool, note: str = "") -> None:
        found = self.form.cleaned_data
        entry = self._entry()
        actions.revise(self.meeting, entry, found["reason"], actor=actor, seen=found["version"] or 0)


def returned_by(meeting: Meeting) -> History | None:
    """The entry that sent the record back, while it lies with the branch again."""
    return meeting.history.filter(move="send_back").last() if meeting.state == State.RETURNED else None


def _day(meeting: Meeting, data: QueryDict | None) -> Any:
    """The day whose register counts: as typed if readable, else as saved."""
    if data:
        try:
            return read_moment(data.get("started_at", "")).date()
        except DateError:
            pass
    return meeting.held_on


def _saved(meeting: Meeting, called: dict[int, str]) -> dict[str, Any]:
    minutes = getattr(meeting, "minutes", None)
    lines = [row for row in meeting.attendances.all() if row.way]
    return {
        "agenda": "\n".join(item.text for item in meeting.agenda.all()),
        "observers": "\n".join(guest_line(guest.name, guest.title, guest.kind) for guest in meeting.observers.all()),
        "minutes": minutes.text if minutes else "",
        "also": meeting.forms[1:],
        **{
            f"way_{way}": "、".join(
                called[row.member_id] for row in lines if row.way == way and row.member_id in called
            )
            for way in Way
        },
        **{f"minutes_{form}": words for form, words in (minutes.by_form if minutes else {}).items()},
        "version": meeting.version,
    }
