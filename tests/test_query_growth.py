"""With many rows a page asks as many questions as with few: no query per row, on any list, detail or first page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.models import Aspect, Material, Version
from branches.actions import grants
from branches.models import Exemption, Flow, FormerName, Grant, Relation, Transfer
from jobs.models import Job
from meetings.models import AgendaItem, Attendance, Decision, DueExclusion, FollowUp, Meeting, Minutes, Observer
from reminders.actions import notices as reminders
from reminders.models import Notice
from tests import cast as people
from tests.access import grades, notes, opinions, rectification, rounds, supervision, talks, votes
from tests.access.stage import Stage
from tests.test_access import GETS
from workflow.actions import audit, record
from workflow.actors import SYSTEM

MANY = 12
READERS = ("mem", "sec", "off", "sys", "sea", "aud")


@pytest.fixture
def stage(db):
    stage = Stage()
    fill(stage, 2, "a")  # no page begins with an empty list, which asks less
    return stage


def asked(stage, readers=READERS):
    """The queries that each page of the access table costs each reader who is shown it."""
    counts = {}
    for line in GETS:
        _method, name, label = line.words
        for visitor in (reader for reader in readers if line.codes[reader] == "200"):
            connection.queries_log.clear()  # it holds 9,000, and what is past them is counted wrongly
            with CaptureQueriesContext(connection) as queries:
                stage.ask(visitor, "GET", stage.address(name, label, visitor))
            counts[f"{name} {label} {visitor}"] = [query["sql"] for query in queries]
    return counts


def fill(stage, many, name):
    """`many` more of everything: branches, members, groups, offices, records with their parts, materials, notices,
    jobs, accounts, audit and history rows."""
    cast = stage.cast
    for n in range(many):
        people.found(f"Branch {name}{n}", "branch", cast.county)
        grant_more(cast, f"{name}{n}")
        meeting = more_of_a_meeting(cast, n, name)
        record(meeting, "send_back", actor=cast.officer, note="More")
        audit("exported", actor=cast.secretary, note="More")
    newcomers = [people.enrol(f"新{name}{n}", cast.first) for n in range(many)]
    for person in newcomers:
        people.members.name_to_post(person, actor=SYSTEM, organisation=cast.first, kind="publicity", since=people.SINCE)
    for n in range(many):
        more_of_one_material(cast, n, newcomers[n], name)
        more_of_one_member(cast, n)
    more_rounds(stage, many, name)
    talks.fill(cast, many, name)
    notes.fill(cast, many, name)
    opinions.fill(cast, many)
    rounds.fill(cast, newcomers, name)
    supervision.fill(cast, many)
    votes.fill(cast, many)
    rectification.fill(cast, many)
    grades.fill(cast, many)
    more_of_the_register(stage, many, name)
    Job.objects.bulk_create(Job(kind="meeting_ledger", owner=cast.secretary) for _ in range(many))
    reminders.scan(stage.today)
    more_notices(cast, many, name)


def grant_more(cast, name):
    user = people.account(f"more{name}")
    grants.grant(user, actor=SYSTEM, organisation=cast.first, office="clerk", since=people.SINCE)
    for holder in (cast.officer, cast.secadmin):  # history on the page of an account
        record(holder, "activate", actor=SYSTEM, note="More")
    record(cast.secretary, "activate", actor=SYSTEM, note="More")
    Grant.objects.create(
        user=cast.secretary, organisation=cast.second, office="clerk", since=people.SINCE, revoked_at=timezone.now()
    )
    people.organisations.found_group(f"Group {name}", actor=SYSTEM, organisation=cast.first, since=people.SINCE)


def more_of_a_meeting(cast, n, name):
    begins = timezone.now() - timedelta(n + 1)
    meeting = Meeting.objects.create(
        organisation=cast.first, form="org_life_meeting", theme=f"More {name}{n}", started_at=begins, state="submitted",
        host=cast.people[0], recorder=cast.people[1], submitted_at=begins,
    )  # fmt: skip
    for owner in (meeting, cast.meeting, cast.draft_meeting):
        place = 100 + AgendaItem.objects.filter(meeting=owner).count()
        AgendaItem.objects.create(meeting=owner, position=place, text="More")
        Observer.objects.create(meeting=owner, position=place, name="More", title="More")
    person = people.enrol(f"同{name}{n}", cast.first)
    for owner in (meeting, cast.meeting, cast.draft_meeting):
        Attendance.objects.create(meeting=owner, member=person, status="on_leave", reason="Ill")
        FollowUp.objects.create(
            meeting=owner, member=person, purpose="studied", way="alone", done_on=begins, noted_by=cast.clerk
        )
    for owner in (meeting, cast.meeting, cast.draft_meeting):
        place = 100 + Decision.objects.filter(meeting=owner).count()
        Decision.objects.create(meeting=owner, position=place, subject="More", business="ordinary", outcome="no_quorum")
        DueExclusion.objects.create(meeting=owner, position=place, member=person, ground="will")
    Minutes.objects.create(meeting=meeting, text="More")
    for owner in (cast.meeting, cast.draft_meeting):
        record(owner, "create", actor=cast.secretary)
    return meeting


def more_of_one_material(cast, n, author, name):
    Material.objects.create(
        round=cast.round, organisation=cast.first, author=author, kind="self_analysis", reviewer="branch",
        due_on=cast.round.due_on, state=("draft", "submitted")[n % 2],
    )  # fmt: skip
    number = 10 + Version.objects.filter(material=cast.material).count()
    for owner in (cast.material, cast.secretary_material):
        Version.objects.create(material=owner, number=number, sections=[["More", "More"]])
    for owner in (cast.material, cast.owed, cast.round, cast.planned):
        record(owner, "suggest", actor=cast.secretary, note="More")


def more_of_one_member(cast, n):
    """Dated facts on the page of a member."""
    person, since = cast.people[1], people.SINCE
    Exemption.objects.create(member=person, since=since, until=since + timedelta(n), reason="Ill", approved_by="Branch")
    people.members.name_to_post(person, actor=SYSTEM, organisation=cast.first, kind="publicity", since=since)


def more_of_the_register(stage, many, name):
    """Transfers, guests, people elsewhere and former names, beside those the page already shows."""
    cast = stage.cast
    for n in range(many):
        person = people.enrol(f"转{name}{n}", cast.first)
        place = {"organisation": cast.second, "since": people.SINCE}
        Transfer.objects.create(member=person, source=cast.first, reason="Moved", **place)
        Relation.objects.create(member=person, kind="taking_part", **place)
        Flow.objects.create(member=cast.people[1], place="Harbour", contact="Chen", since=people.SINCE,
                            until=people.SINCE + timedelta(n))  # fmt: skip
        FormerName.objects.create(organisation=cast.first, name=f"Former {name}{n}", since=people.SINCE,
                                  until=people.SINCE + timedelta(n))  # fmt: skip
        for owner in (cast.first, cast.people[1], stage.moving["transfer"]):
            record(owner, "rename", actor=cast.officer, note="More")


def more_rounds(stage, many, name):
    cast = stage.cast
    for n in range(many):
        prepared = appraisals.prepare_round(
            cast.county, actor=cast.officer, aspects=("One",), name=f"More {name}{n}", year=2026,
            roster_on=stage.today, due_on=stage.today + timedelta(2),
        )  # fmt: skip
        Material.objects.create(
            round=prepared, organisation=cast.first, author=cast.member.member, kind="self_analysis",
            reviewer="branch", due_on=prepared.due_on,
        )  # fmt: skip
        appraisals.make_move(prepared, "open", actor=cast.officer)
    place = Aspect.objects.filter(round=cast.round).count()
    Aspect.objects.bulk_create(Aspect(round=cast.round, position=place + n + 1, title="More") for n in range(many))


def more_notices(cast, many, name):
    for person in (cast.people[4], cast.people[2], cast.people[0]):
        Notice.objects.bulk_create(
            Notice(
                rule="material_due", subject_key=cast.owed.pk, subject_label="More", recipient=person,
                organisation=cast.first, due_on=cast.round.due_on, period=f"{name}{n}", made_at=timezone.now(),
            )
            for n in range(many)
        )  # fmt: skip


@pytest.mark.slow
def test_no_page_asks_more_of_the_database_with_more_rows(stage):
    asked(stage, ["sec"])  # what is looked up once a process is looked up now
    few = asked(stage)
    fill(stage, MANY, "b")
    many = asked(stage)
    grown = {page: grown_by(few[page], many[page]) for page in few if len(few[page]) != len(many[page])}
    assert not grown, "\n".join(["", *(f"{page}: {words}" for page, words in grown.items())])


def grown_by(few, many):
    """The first statement asked more often than before, to show where the row is that asks."""
    shapes = [sql.split(" WHERE ")[0][-90:] for sql in many]
    most = max(set(shapes), key=shapes.count)
    return f"{len(few)} → {len(many)} queries, most often: … {most}"


def test_the_guard_sees_a_query_per_row(stage):
    def page():
        with CaptureQueriesContext(connection) as queries:
            for row in Meeting.objects.all():  # what a forgotten select_related does
                str(row.organisation)
        return [query["sql"] for query in queries]

    few = page()
    fill(stage, 2, "c")
    many = page()
    assert len(many) > len(few)
    assert "branches_organisation" in grown_by(few, many)
