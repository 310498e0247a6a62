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
from branches.rules.sets import Remark
from meetings import actions, conflicts
from meetings.conflicts import Difference
from meetings.decisions.entries import Voters
from meetings.decisions.pages import decided, left_out
from meetings.decisions.sheet import Board, Matters
from meetings.due import due_at
from meetings.forms import AttendanceForm, CorrectionForm, MeetingForm, guest_line
from meetings.kinds import KINDS, Form
from meetings.models import Meeting, Minutes, Original, Revision, Status, Way
from meetings.org_life import OrgLife, of_year
from meetings.quorum import Count
from meetings.revisions import corrections
from meetings.rules import INNER, remarks
from meetings.states import WORDED, State
from meetings.years import appraised
from shell.dates import DateError, read_moment
from workflow.models import History
from workflow.moves import available_moves


class Sheet:
    """The writing page: facts, attendance and words of one sitting, typed on one form and saved by one action."""

    form_class: type[MeetingForm] = MeetingForm
    saves: ClassVar[tuple[str, ...]] = ("draft", "submit")

    def __init__(self, meeting: Meeting, data: QueryDict | None = None, *, reader: User, strict: bool = False) -> None:
        self.meeting, self.reader = meeting, reader
        due = due_at(meeting, _day(meeting, data))
        called = told_apart(((one.member_id, one.name) for one in due), reader)
        members = [replace(one, name=called[one.member_id]) for one in due]
        initial, ticks = (_saved(meeting, called) if meeting.pk else _presumed(meeting, reader)), {}
        if meeting.pk:
            ticks = AttendanceForm.initial_of(meeting)
        self.form = self.form_class(data, instance=meeting, members=members, strict=strict, initial=initial)
        self.attendance = AttendanceForm(data, members=members, strict=strict, initial=ticks)
        self.matters = Matters(meeting, data, members)
        self.conflict: list[Difference] | None = None
        self.returned = _returned(meeting)

    def is_valid(self) -> bool:
        """All parts are read, so that every fault is shown at once; the summary on top tells of the lists below."""
        valid = all([self.form.is_valid(), self.attendance.is_valid(), self.matters.is_valid()])
        if not self.matters.is_valid():
            words = _("Decisions: some entries cannot be read, each is marked in its row.")
            self.form.add_error(None, format_html('<a href="#decisions-title">{}</a>', words))
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

    def meet(self, theirs: Meeting) -> None:
        """After another writer was faster: show where he differs, and let the next save of this page be meant."""
        saved = Sheet(theirs, reader=self.reader)
        people = {due.member_id: due for due in (*saved.attendance.members, *self.attendance.members)}
        begun = saved.attendance.initial
        ticks = {key: (begun.get(f"status_{key}", ""), begun.get(f"reason_{key}", "")) for key in people}
        self.conflict = [
            *conflicts.of_fields(self.form, people, self.form.cleaned_data, saved.form.initial),
            *conflicts.of_matters(self.matters, saved.matters, people),
            *conflicts.of_attendance(people, self.attendance.ticks, ticks),
        ]
        self.form.data = {**self.form.data.dict(), "version": str(theirs.version)}  # type: ignore[attr-defined]

    def question(self) -> str:
        """What is asked before this record is handed in, one point a line; empty where it goes without asking."""
        found = []
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

    def save(self, *, actor: User, submit: bool) -> None:
        """Save what was typed; with `submit`, hand it in as well. Raises what the actions raise."""
        entry, is_new = self._entry(), self.meeting.pk is None
        seen = 0 if is_new else self.form.cleaned_data["version"] or 0
        try:
            actions.save(self.meeting, entry, actor=actor, seen=seen, submit=submit)
        except Exception:
            self.meeting.pk = None if is_new else self.meeting.pk  # rolled back: it has no row after all
            raise


class CorrectionSheet(Sheet):
    """The writing page of a filed record: saved only as a correction, with its reason."""

    form_class = CorrectionForm
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

    def save(self, *, actor: User, submit: bool) -> None:
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


def _presumed(meeting: Meeting, reader: User) -> dict[str, Any]:
    kind = KINDS[meeting.form]
    year = appraised(reader, meeting.organisation.path) if kind.appraises else None
    return {"agenda": "\n".join(map(str, kind.agenda)), "theme": meeting.theme, "appraisal_year": year}


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
        "remarks": _remarks(meeting, reasons) if minutes else [],
        "org_life": _org_life(meeting, user) if minutes else None,
        "returned": _returned(meeting) if reads_notes else None,
        "hides_notes": not reads_notes,
        "note_readers": _("Read by those who keep the records of the branch, and by its superiors; not by members."),
        **moving.shown(meeting, user),
    }


def _remarks(meeting: Meeting, is_inner: bool) -> list[Remark]:
    """What the record breaks; members do not read who has not talked with whom."""
    return [remark for remark in remarks(meeting) if is_inner or remark.held.rule.code not in INNER]
