"""What a record must hold before it is submitted, each rule with the clause it comes from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Post
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Rule, Severity, register
from meetings import clashes, late
from meetings.decisions import rules as decisions
from meetings.due import due_at
from meetings.kinds import Form
from meetings.models import Attendance, Meeting, Status, Unsaved
from meetings.org_life import studied_before
from meetings.quorum import Count
from meetings.states import PLANS, State
from meetings.talks.before import untalked
from meetings.talks.rules import PAIRS

INNER = frozenset({PAIRS.code})  # remarks that tell who did not talk: for office holders and superiors
SETTLED = (State.FILED, State.VOID, *PLANS)
NEEDED = ("theme", "place", "host", "recorder", "ended_at")
NEEDED_ON_PAPER = ("book_number", "book_pages")  # the rest stands in the book, beside day, form, attendance, decisions


def shortfalls(meeting: Meeting, now: datetime) -> list[str]:
    """What blocks submission, in words; empty when nothing does. Reads the saved rows."""
    found = [
        _("Please fill in “%s”.") % Meeting._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name in (NEEDED_ON_PAPER if meeting.is_on_paper else NEEDED)
        if not getattr(meeting, name)
    ]
    if Unsaved.objects.filter(meeting=meeting).exists():
        found.append(_("Changes to this record are kept and not yet saved: please open it, then save or discard them."))
    if not meeting.is_on_paper and not meeting.agenda.exists():
        found.append(_("Please write at least one agenda item."))
    if meeting.started_at > now:
        found.append(_("The meeting has not been held yet: a record is submitted after the meeting."))
    rules = RuleSet(meeting.organisation.path, meeting.held_on.year)
    found += [
        remark.refusal for remark in remarks(meeting, rules, others=Meeting.objects.all(), now=now) if remark.blocks
    ]
    return [*found, *_attendance(meeting), *decisions.shortfalls(meeting, rules)]


def _attendance(meeting: Meeting) -> list[str]:
    """R03: everybody due has a tick, whoever need not come only if he came; R06: who was not there has a reason."""
    rows = {row.member_id: row for row in meeting.attendances.select_related("member")}
    due = due_at(meeting, meeting.held_on)
    found = []
    called = [d for d in due if not d.is_exempt or (d.member_id in rows and rows[d.member_id].is_due)]
    if missing := [d.name for d in called if d.member_id not in rows]:
        found.append(_("Attendance is not ticked for: %s.") % "、".join(missing))
        found.append(_sum(rows.values(), len(called)))
    silent = [r.member.name for r in rows.values() if r.is_due and r.status != Status.PRESENT and not r.reason.strip()]
    if silent:
        found.append(_("Please give the reason why these members were not there: %s.") % "、".join(silent))
    if not any(row.status == Status.PRESENT for row in rows.values()):
        found.append(_("Nobody is ticked as present."))
    return found


def _sum(rows: Iterable[Attendance], due: int) -> str:
    """R03 as arithmetic: those who came, on leave and absent are not all who were due."""
    count = Count.over((row.status, row.is_due, row.may_vote) for row in rows)
    told = {"present": count.present, "leave": count.on_leave, "absent": count.absent, "due": due, "sum": count.due}
    return _("Came %(present)d + on leave %(leave)d + absent %(absent)d = %(sum)d, but %(due)d were due.") % told


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


STUDY = register(
    Rule(
        "R07",
        gettext_lazy("Study before the organisational life meeting"),
        gettext_lazy(
            "Yearly notices: without collective study beforehand no organisational life meeting is held. Whoever hands "
            "the record in all the same says why."
        ),
        Level.NATIONAL,
        Severity.WARN,
    )
)


def remarks(
    meeting: Meeting, rules: RuleSet | None = None, *, others: Any = None, now: datetime | None = None
) -> list[Remark]:
    """What the record breaks of the rules in force in its branch that year; only those set to block stop it.

    With `others`, the records its reader may be told of, and the moment, also what is doubtful about its times; once it
    is filed, nobody is asked about them.
    """
    rules = rules or RuleSet(meeting.organisation.path, meeting.held_on.year)
    found = [*decisions.remarks(meeting, rules)] if meeting.pk else []
    if meeting.host_id and not _may_chair(meeting):
        found.append(rules.remark(CHAIR.code, _("The host holds no post in this branch.")))
    if meeting.form == Form.ORG_LIFE_MEETING:
        found.append(rules.remark(PAIRS.code, untalked(meeting)))
    if meeting.form == Form.ORG_LIFE_MEETING and not studied_before(meeting):
        words = _(
            "No collective study for this appraisal year is on file: please enter the appraisal year here and in the "
            "record of the meeting at which the branch studied."
        )
        found.append(rules.remark(STUDY.code, words))
    if now and meeting.state not in SETTLED:
        found += [*clashes.remarks(meeting, rules, others), late.remark(meeting, rules, now)]
    return [remark for remark in found if remark]


def _may_chair(meeting: Meeting) -> bool:
    """R04: 书记, 副书记 or 委员; for a group meeting the leader of the group too."""
    kinds = Q(kind__in=COMMITTEE_POSTS)
    if meeting.form == Form.GROUP_MEETING:
        kinds |= Q(kind=PostKind.GROUP_LEADER)
    posts = Post.objects.filter(kinds, member=meeting.host_id, organisation=meeting.organisation_id)
    return posts.on(meeting.held_on).exists()
