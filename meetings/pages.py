"""What the pages of a meeting show: which record is begun, and a record as it stands."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import moving
from branches.http import AuthedRequest
from branches.models import Attachment, Group, Organisation, User
from branches.models.organisations import Mode
from branches.namesakes import told_apart
from branches.rights import Right
from branches.rules.sets import Remark
from branches.tree import contains
from meetings.criticism import pages as criticism
from meetings.decisions.pages import decided, left_out
from meetings.kinds import KINDS, Form
from meetings.models import Meeting, Minutes, Original, OwnForm, Revision, Unsaved
from meetings.org_life import OrgLife, of_year
from meetings.quorum import Count
from meetings.revisions import corrections
from meetings.rules import INNER, remarks
from meetings.schedule.pages import reads_schedule
from meetings.sheet import returned_by
from meetings.states import WORDED
from workflow.moves import available_moves


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
    own: int | None = None

    @property
    def query(self) -> str:
        """The parameters with which `meeting_create` begins this record."""
        group = f"&group={self.group.pk}" if self.group else ""
        own = f"&own={self.own}" if self.own else ""
        return f"organisation={self.organisation.pk}&form={self.form}{group}{own}"


def choices(user: User) -> list[Choice]:
    """Every form of meeting this person may record, branch by branch."""
    branches = Organisation.objects.visible_to(user).filter(path__in=user.reach.office_paths(Right.KEEP_REGISTER))
    found = [
        Choice(form, str(Form(form).label), branch)
        for branch in branches
        for form in KINDS
        if form != Form.GROUP_MEETING
    ]
    own = list(OwnForm.objects.visible_to(user).in_use().select_related("organisation"))
    found += [
        Choice(one.form, one.name, branch, own=one.pk)
        for branch in branches
        for one in own
        if contains(one.organisation.path, branch.path)
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
    if asked.get("own", "").isdecimal():
        own = OwnForm.objects.visible_to(request.user).in_use().at(organisation.path).filter(form=meeting.form)
        meeting.own_form = get_object_or_404(own, pk=asked["own"])
        meeting.form_name = meeting.own_form.name
    if meeting.form == Form.GROUP_MEETING:
        groups = Group.objects.visible_to(request.user).filter(organisation=meeting.organisation)
        meeting.group = get_object_or_404(groups, pk=asked.get("group") or 0)
    request.user.require(Right.RECORD, meeting)
    return meeting


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
        "forms": meeting.forms_told,
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
        "criticism": criticism.mine(meeting, user),
        "has_schedule": reads_schedule(meeting, user),
        "returned": returned_by(meeting) if reads_notes else None,
        "hides_notes": not reads_notes,
        "unsaved": Unsaved.objects.visible_to(user).filter(meeting=meeting).first() if meeting.is_open else None,
        "note_readers": _("Read by those who keep the records of the branch, and by its superiors; not by members."),
        **moving.shown(meeting, user),
    }


def _remarks(meeting: Meeting, user: User, is_inner: bool) -> list[Remark]:
    """What the record breaks; members do not read who has not talked with whom."""
    found = remarks(meeting, others=Meeting.objects.told_to(user), now=timezone.now())
    return [remark for remark in found if is_inner or remark.held.rule.code not in INNER]
