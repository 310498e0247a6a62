"""What a record must hold before it is submitted, each rule with the clause it comes from."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Post
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Rule, Severity, register
from meetings.due import due_at
from meetings.kinds import Form
from meetings.models import Meeting, Status

NEEDED = ("theme", "place", "host", "recorder", "ended_at")


def shortfalls(meeting: Meeting, now: datetime) -> list[str]:
    """What blocks submission, in words; empty when nothing does. Reads the saved rows."""
    found = [
        _("Please fill in “%s”.") % Meeting._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name in NEEDED
        if not getattr(meeting, name)
    ]
    if not meeting.agenda.exists():
        found.append(_("Please write at least one agenda item."))
    if meeting.started_at > now:
        found.append(_("The meeting has not been held yet: a record is submitted after the meeting."))
    found += [remark.refusal for remark in remarks(meeting) if remark.blocks]
    return found + _attendance(meeting)


def _attendance(meeting: Meeting) -> list[str]:
    """R03: everybody due has a tick, whoever need not come only if he came; R06: who was not there has a reason."""
    rows = {row.member_id: row for row in meeting.attendances.select_related("member")}
    due = due_at(meeting, meeting.held_on)
    found = []
    if missing := [d.name for d in due if d.member_id not in rows and not d.is_exempt]:
        found.append(_("Attendance is not ticked for: %s.") % "、".join(missing))
    silent = [r.member.name for r in rows.values() if r.is_due and r.status != Status.PRESENT and not r.reason.strip()]
    if silent:
        found.append(_("Please give the reason why these members were not there: %s.") % "、".join(silent))
    if not any(row.status == Status.PRESENT for row in rows.values()):
        found.append(_("Nobody is ticked as present."))
    return found


CHAIR = register(
    Rule(
        "R04",
        gettext_lazy("Who chairs a meeting"),
        gettext_lazy(
            "Regulation on branches, articles 11–14: meetings are chaired by the secretary, the deputy or a "
            "committee member, group meetings by the leader of the group."
        ),
        Level.NATIONAL,
        Severity.WARN,
    )
)


def remarks(meeting: Meeting) -> list[Remark]:
    """What the record breaks of the rules in force in its branch that year; only those set to block stop it."""
    if not meeting.host_id or _may_chair(meeting):
        return []
    rules = RuleSet(meeting.organisation.path, meeting.held_on.year)
    found = rules.remark(CHAIR.code, _("The host holds no post in this branch."))
    return [found] if found else []


def _may_chair(meeting: Meeting) -> bool:
    """R04: 书记, 副书记 or 委员; for a group meeting the leader of the group too."""
    kinds = Q(kind__in=COMMITTEE_POSTS)
    if meeting.form == Form.GROUP_MEETING:
        kinds |= Q(kind=PostKind.GROUP_LEADER)
    posts = Post.objects.filter(kinds, member=meeting.host_id, organisation=meeting.organisation_id)
    return posts.on(meeting.held_on).exists()
