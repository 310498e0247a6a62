"""Notices, jobs, history and audit log of a big world."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from appraisals.materials.states import MaterialState
from branches.models import DayOff, Grant, RuleOverride
from jobs.models import Job
from jobs.states import State as JobState
from meetings.kinds import KINDS
from meetings.models import FormExemption, OwnForm
from meetings.states import State
from reminders.models import Notice
from workflow.models import AuditEvent, History
from world.load.appraisals import due_on, pieces, rounds
from world.load.meetings import Sitting, sittings
from world.load.plans import Coming, coming
from world.load.registry import Load, fills

EVERY_NOTICE = 5  # one material still owed of so many has its notice already
OPEN = (MaterialState.DRAFT, MaterialState.RETURNED)
COLUMNS = ("subject_key", "subject_label", "organisation_key", "organisation_path", "organisation_label", "move",
           "source", "target", "actor_key", "actor_label")  # fmt: skip
SYSTEM = ("system", "系统")


@fills(Notice)
def notices(load: Load) -> None:
    """Reminders of materials still owed, as the scan would owe them."""
    due, plan = due_on(load.plan), load.plan
    name = f"{plan.today.year}年度组织生活会和民主评议党员"
    columns = ("rule", "subject_key", "subject_label", "recipient_id", "organisation_id", "due_on", "period", "made_at")
    rows = (
        ("material_due", p.key, name, p.key, p.branch.key, due, due.isoformat(), load.now)
        for p in pieces(plan)
        if p.state in OPEN and p.key % EVERY_NOTICE == 0
    )
    load.put(Notice, columns, rows)


@fills(Job)
def jobs(load: Load) -> None:
    """A few exports that ended; their files are gone, as after a week."""
    officers = [key for login, key in load.keys.items() if login.startswith("officer")][:10]
    past = load.now - timedelta(30)
    columns = ("kind", "owner_id", "state", "created_at", "finished_at", "reason")
    ends = ((JobState.EXPIRED, ""), (JobState.CANCELLED, ""), (JobState.FAILED, "磁盘已满"))
    rows = (("meeting_ledger", key, state, past, past, reason) for key in officers for state, reason in ends)
    load.put(Job, columns, rows)


@fills(History, AuditEvent)
def history(load: Load) -> None:
    """What led to each row: founded, enrolled, given, created and moved."""
    load.put(History, COLUMNS, _beginnings(load))
    load.put(History, COLUMNS, (row for sitting in sittings(load.plan) for row in _of_meeting(sitting)))
    load.put(History, COLUMNS, (row for one in coming(load.plan) for row in _of_plan(one)))
    load.put(History, COLUMNS, _of_appraisals(load))
    columns = ("kind", "actor_key", "actor_label", "address")
    entries = (("sign_in", f"user:{key}", login, "192.0.2.1") for login, key in load.keys.items())
    load.put(AuditEvent, columns, entries)


def _beginnings(load: Load) -> Iterator[tuple[Any, ...]]:
    for node in load.plan.nodes:
        place = (str(node.key), node.path, node.name)
        yield f"branches.organisation:{node.key}", node.name, *place, "found", "", "", *SYSTEM
    for b in load.plan.branches:
        place = (str(b.key), b.path, b.name)
        yield f"branches.organisation:{b.key}", b.name, *place, "found", "", "", *SYSTEM
        for group in range(b.group_count):
            yield f"branches.group:{b.first_group + group}", f"第{group + 1}党小组", *place, "found", "", "", *SYSTEM
        for member in range(b.first, b.first + b.size):
            yield f"branches.member:{member}", "党员", *place, "enrol", "", "", *SYSTEM
    for key in range(1, load.counts[Grant._meta.label] + 1):
        yield f"branches.grant:{key}", "职务权限", "", "", "", "grant", "", "", *SYSTEM
    for key in range(1, load.counts[RuleOverride._meta.label] + 1):
        yield f"branches.ruleoverride:{key}", "规则", "", "", "", "override_rule", "", "", *SYSTEM
    for key in range(1, load.counts[DayOff._meta.label] + 1):
        yield f"branches.dayoff:{key}", "放假", "", "", "", "lay_down_day", "", "", *SYSTEM
    for key in range(1, load.counts[OwnForm._meta.label] + 1):
        yield f"meetings.ownform:{key}", "民主恳谈会", "", "", "", "create", "", "in_use", *SYSTEM
    for key in range(1, load.counts[FormExemption._meta.label] + 1):
        yield f"meetings.formexemption:{key}", "免除", "", "", "", "create", "", "in_force", *SYSTEM


def _of_meeting(sitting: Sitting) -> Iterator[tuple[Any, ...]]:
    """created → handed in → what the superior did."""
    key, b, singly = f"meetings.meeting:{sitting.key}", sitting.branch, KINDS[sitting.form].accepted_singly
    head = (key, str(sitting.form.label), str(b.key), b.path, b.name)
    yield *head, "create", "", State.DRAFT, *SYSTEM
    if sitting.state == State.DRAFT:
        return
    handed_in = State.SUBMITTED if singly else State.FILED
    yield *head, "submit" if singly else "file", State.DRAFT, handed_in, *SYSTEM
    if sitting.state == State.RETURNED:
        yield *head, "send_back", handed_in, State.RETURNED, *SYSTEM
    elif singly and sitting.state == State.FILED:
        yield *head, "accept", State.SUBMITTED, State.FILED, *SYSTEM


def _of_plan(one: Coming) -> Iterator[tuple[Any, ...]]:
    """planned → announced."""
    b = one.branch
    head = (f"meetings.meeting:{one.key}", str(one.form.label), str(b.key), b.path, b.name)
    yield *head, "plan", "", State.PLANNED, *SYSTEM
    if one.state == State.ANNOUNCED:
        yield *head, "announce", State.PLANNED, State.ANNOUNCED, *SYSTEM


def _of_appraisals(load: Load) -> Iterator[tuple[Any, ...]]:
    root = load.plan.nodes[0]
    under_way = rounds(load.plan)
    for key, node in [*under_way, (len(under_way) + 1, root)]:
        head = (f"appraisals.round:{key}", "活动", str(node.key), node.path, node.name)
        yield *head, "create", "", "draft", *SYSTEM
        yield *head, "open", "draft", "open", *SYSTEM
        if node is root:
            yield *head, "close", "open", "closed", *SYSTEM
    draft, submitted = MaterialState.DRAFT, MaterialState.SUBMITTED
    for p in pieces(load.plan):
        head = (f"appraisals.material:{p.key}", "对照检查材料", str(p.branch.key), p.branch.path, p.branch.name)
        if p.is_handed_in:
            yield *head, "submit", draft, submitted, *SYSTEM
        if p.state in (MaterialState.ACCEPTED, MaterialState.RETURNED):
            name = "accept" if p.state == MaterialState.ACCEPTED else "send_back"
            yield *head, name, submitted, p.state, *SYSTEM
