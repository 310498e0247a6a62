"""What the pages of a meeting show together: the writing page and the record."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from branches import moving
from branches.http import AuthedRequest
from branches.models import Attachment, Group, Organisation, User
from branches.models.organisations import Mode
from branches.namesakes import told_apart
from branches.rights import Right
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Severity
from meetings import actions, clashes, conflicts, late
from meetings.beginnings import offers, presumed
from meetings.conflicts import Difference
from meetings.decisions.entries import Voters
from meetings.decisions.pages import decided, left_out
from meetings.decisions.sheet import Board, Matters
from meetings.due import due_at
from meetings.forms import AttendanceForm, CorrectionForm, MeetingForm, guest_line
from meetings.kinds import KINDS, Form
from meetings.models import Meeting, Minutes, Original, Revision, Status, Unsaved, Way
from meetings.org_life import OrgLife, of_year
from meetings.quorum import Count
from meetings.revisions import corrections
from meetings.rules import INNER, remarks
from meetings.schedule.pages import reads_schedule
from meetings.shorthand import written_out
from meetings.states import WORDED, State
from meetings.unsaved import pages as unsaved
from shell.dates import DateError, read_moment
from workflow.models import History
from workflow.moves import available_moves


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
        self.returned = _returned(meeting)
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

    def _what_happens(self) -> str:
        if self.meeting.is_filed_on_submission:
            return _("This record is filed at once and counts in ledgers and figures. Afterwards it changes only by a "
                     "correction with a reason; your superior may look at it and return it.")  # fmt: skip
        return _(
            "The record goes to the superior organisation for acceptance. Until it is accepted you may withdraw it."
        )

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


def _returned(meeting: Meeting) -> History | None:
    """The entry that sent the record back, while it lies with the branch again."""
    return meeting.history.filter(move="send_back").last() if meeting.state == State.RETURNED else None


def may_submit(meeting: Meeting, user: User) -> bool:
    """True if this person may hand the record in, not only prepare it."""
    return any(move.name == meeting.submission for move in available_moves(meeting, user))


@dataclass(frozen=True)
class Choice:
    """One form of meeting that may be recorded here."""

    form: str
    label: str
    organisation: Organisation
    group: Group | None = None

    @property
    def query(self) -> str:
        """The parameters with which `meeting_create` begins this record."""
        group = f"&group={self.group.pk}" if self.group else ""
        return f"organisation={self.organisation.pk}&form={self.form}{group}"


def choices(user: User) -> list[Choice]:
    """Every form of meeting this person may record, branch by branch."""
    branches = Organisation.objects.visible_to(user).filter(path__in=user.reach.office_paths(Right.KEEP_REGISTER))
    found = [
        Choice(form, str(Form(form).label), branch)
        for branch in branches
        for form in KINDS
        if form != Form.GROUP_MEETING
    ]
    groups = Group.objects.visible_to(user).on(user.reach.day).select_related("organisation")
    label = str(Form.GROUP_MEETING.label)
    return found + [
        Choice(Form.GROUP_MEETING, label, group.organisation, group)
        for group in groups
        if user.may(Right.RECORD, Meeting(organisation=group.organisation, group=group))
    ]


def blank(request: AuthedRequest) -> Meeting | None:
    """The new record the address asks for; None where it does not say which. Raises Http404, PermissionDenied."""
    asked = request.GET
    if asked.get("form") not in KINDS or not asked.get("organisation", "").isdecimal():
        return None
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=asked["organisation"])
    meeting = Meeting(
        organisation=organisation,
        form=asked["form"],
        minutes_original=Original.PAPER if organisation.mode == Mode.PAPER else Original.SYSTEM,
        started_at=timezone.localtime().replace(minute=0, second=0, microsecond=0),
    )
    if meeting.form == Form.GROUP_MEETING:
        groups = Group.objects.visible_to(request.user).filter(organisation=meeting.organisation)
        meeting.group = get_object_or_404(groups, pk=asked.get("group") or 0)
    request.user.require(Right.RECORD, meeting)
    return meeting


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


def _org_life(meeting: Meeting, user: User) -> OrgLife | None:
    year = meeting.appraisal_year
    return of_year(meeting.organisation, year, user, meeting.held_on) if year else None


def shown(meeting: Meeting, user: User) -> dict[str, Any]:
    """What the page of a record prints for this person; its words only where Minutes are his."""
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    attendances = list(meeting.attendances.select_related("member"))
    called = told_apart(((row.member_id, row.member.name) for row in attendances), user)
    afterwards = defaultdict(list)
    for row in meeting.follow_ups.all():
        afterwards[row.member_id].append(row)
    reasons = any(user.may(right, meeting) for right in (Right.READ_BRANCH, Right.OVERSEE))
    revisions = Revision.objects.visible_to(user).filter(meeting=meeting) if minutes else []
    records = user.may(Right.RECORD, meeting)
    reads_notes = reasons or records
    return {
        "meeting": meeting,
        "forms": "、".join(str(Form(form).label) for form in meeting.forms),
        "is_readable": minutes is not None,
        "shows_reasons": reasons,
        "corrections": corrections(meeting, revisions, minutes.whole if minutes else "", reasons=reasons),
        "count": Count.of(meeting),
        "attendances": [(called[row.member_id], row, afterwards[row.member_id]) for row in attendances],
        "may_follow_up": records and meeting.state in WORDED and meeting.present < len(attendances),
        "minutes": minutes,
        "matters": decided(meeting, user),
        "left_out": left_out(meeting, user),
        "attachments": Attachment.objects.visible_to(user).of(meeting),
        "may_revise": any(move.name == "revise" for move in available_moves(meeting, user)),
        "may_edit": meeting.is_open and records,
        "remarks": _remarks(meeting, user, reasons) if minutes else [],
        "org_life": _org_life(meeting, user) if minutes else None,
        "has_schedule": reads_schedule(meeting, user),
        "returned": _returned(meeting) if reads_notes else None,
        "hides_notes": not reads_notes,
        "unsaved": Unsaved.objects.visible_to(user).filter(meeting=meeting).first() if meeting.is_open else None,
        "note_readers": _("Read by those who keep the records of the branch, and by its superiors; not by members."),
        **moving.shown(meeting, user),
    }


def _remarks(meeting: Meeting, user: User, is_inner: bool) -> list[Remark]:
    """What the record breaks; members do not read who has not talked with whom."""
    found = remarks(meeting, others=Meeting.objects.told_to(user), now=timezone.now())
    return [remark for remark in found if is_inner or remark.held.rule.code not in INNER]
