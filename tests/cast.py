"""The same people and rows in every test. A name tells the rights: member, secretary and clerk belong to `first`,
sibling to `second` under the same committee, stranger oversees another county."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.materials import actions as writing
from appraisals.models import Material, Requirement, Stage
from appraisals.rounds.actions import plan
from branches.actions import accounts, grants, members, organisations
from branches.models import User
from meetings import actions as meetings
from meetings.models import Meeting
from workflow.actors import SYSTEM

SINCE = date(2015, 1, 1)
PASSWORD = "a long pass phrase"


@dataclass
class Cast(SimpleNamespace):
    """county → first (group), second; other county → third. People by name; rows: round, material, meeting, draft."""


def found(name, kind, parent=None):
    branch_kind = "single" if kind == "branch" else ""
    return organisations.found(name, actor=SYSTEM, kind=kind, branch_kind=branch_kind, since=SINCE, parent=parent)


def enrol(name, branch, **facts):
    facts = {"category": "formal", "since": SINCE, **facts}
    return members.enrol(name, actor=SYSTEM, organisation=branch, **facts)


def account(username, member=None, admin_role="", **granted):
    """An account; `granted` may hold office, organisation and group."""
    name = member.name if member else username
    user = accounts.open_account(
        username, actor=SYSTEM, name=name, password=PASSWORD, member=member, admin_role=admin_role
    )
    if granted:
        grants.grant(user, actor=SYSTEM, since=SINCE, **granted)
    return User.objects.get(pk=user.pk)


def entry(people, *, theme="Theme", begins=None, **facts):
    """What a secretary types for a meeting at which everybody came."""
    begins = begins or timezone.make_aware(datetime(2026, 3, 2, 9, 0))
    facts = {
        "theme": theme, "started_at": begins, "ended_at": begins + timedelta(hours=2), "place": "Room 1",
        "host": people[0], "recorder": people[1], "appraisal_year": 2025, "minutes_original": "system",
        "late_reason": "Entered for the tests", **facts,
    }  # fmt: skip
    ticks = {person.pk: ("present", "") for person in people}
    return meetings.Entry(facts, ("One", "Two"), ticks, (("Guest", "Superior"),), "SPOKEN-WORDS")


def build():
    cast = Cast()
    cast.county = found("County committee", "committee")
    cast.first = found("First branch", "branch", cast.county)
    cast.second = found("Second branch", "branch", cast.county)
    cast.other = found("Other county", "committee")
    cast.third = found("Third branch", "branch", cast.other)
    cast.group = organisations.found_group("Group", actor=SYSTEM, organisation=cast.first, since=SINCE)

    names = ("甲书记", "乙委员", "丙干事", "丁组长", "戊同志")
    cast.people = [enrol(name, cast.first, position=n, group=cast.group if n > 2 else None)
                   for n, name in enumerate(names)]  # fmt: skip
    for person, post in zip(cast.people, ("secretary", "discipline"), strict=False):
        members.name_to_post(person, actor=SYSTEM, organisation=cast.first, kind=post, since=SINCE)
    cast.siblings = [enrol(name, cast.second, position=n) for n, name in enumerate(("己书记", "庚同志"))]
    members.name_to_post(cast.siblings[0], actor=SYSTEM, organisation=cast.second, kind="secretary", since=SINCE)

    here = {"organisation": cast.first}
    cast.secretary = account("secretary", cast.people[0], office="secretary", **here)
    cast.committee_member = account("committee_member", cast.people[1], office="committee_member", **here)
    cast.clerk = account("clerk", cast.people[2], office="clerk", **here)
    cast.group_leader = account("group_leader", cast.people[3], office="group_leader", group=cast.group, **here)
    cast.member = account("member", cast.people[4])
    cast.officer = account("officer", office="officer", organisation=cast.county)
    cast.supervisor = account("supervisor", office="supervisor", organisation=cast.county)
    cast.liaison = account("liaison", office="liaison", organisation=cast.county)
    cast.sibling = account("sibling", cast.siblings[0], office="secretary", organisation=cast.second)
    cast.stranger = account("stranger", office="officer", organisation=cast.other)
    cast.nobody = account("nobody")
    cast.sysadmin = account("sysadmin", admin_role="system")
    cast.secadmin = account("secadmin", admin_role="security")
    cast.auditor = account("auditor", admin_role="audit")
    return cast


def lay_down(round_, today, officer):
    """Two stages: materials, left with the superior's consent; the meeting, left by reporting that it was held."""
    for name, gate, first, last, needs in (
        ("Writing", "approval", -10, 10, {"metric": "materials.accepted", "operator": "share", "value": 100,
                                          "base": "materials.owed", "severity": "warn"}),
        ("Meeting", "report", 11, 20, {"metric": "meetings.org_life", "value": 1, "severity": "block"}),
    ):  # fmt: skip
        stage = plan.save_stage(
            Stage(
                round=round_, name=name, gate=gate, starts_on=today + timedelta(first), ends_on=today + timedelta(last)
            ),
            actor=officer,
        )
        plan.save_requirement(Requirement(stage=stage, **needs), actor=officer)


def add_rows(cast, today):
    """A round under way with the member's material handed in, a meeting awaiting acceptance and one being written."""
    cast.round = appraisals.prepare_round(
        cast.county, actor=cast.officer, aspects=("Belief", "Work"), name="Round", year=2026,
        roster_on=today - timedelta(30), due_on=today + timedelta(2),
    )  # fmt: skip
    cast.planned = appraisals.prepare_round(
        cast.county, actor=cast.officer, aspects=("Belief",), name="Next round", year=2027,
        roster_on=today, due_on=today + timedelta(90),
    )  # fmt: skip
    lay_down(cast.round, today, cast.officer)
    appraisals.move_round(cast.round, "open", actor=cast.officer)
    materials = {m.author_id: m for m in Material.objects.select_related("organisation", "round", "author")}
    cast.material = materials[cast.people[4].pk]
    cast.owed = materials[cast.people[2].pk]
    cast.secretary_material = materials[cast.people[0].pk]
    writing.submit(cast.material, {"1": "WRITTEN-WORDS", "2": "More"}, actor=cast.member, seen=0)
    life = Meeting(organisation=cast.first, form="org_life_meeting")
    cast.meeting = meetings.save(life, entry(cast.people, theme="Life"), actor=cast.secretary, submit=True)
    draft = Meeting(organisation=cast.first, form="general_meeting")
    cast.draft_meeting = meetings.save(draft, entry(cast.people, theme="Draft"), actor=cast.clerk)
    return cast
