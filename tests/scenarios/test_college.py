"""The case college, as far as meetings go: two big branches study in groups, somebody is away for long, a record book is
found wanting and made up."""

from datetime import date

import pytest

from branches.actions import leaving
from branches.models import Group
from meetings.models import Meeting
from tests.scenarios import college as case
from tests.scenarios.visits import book, ledger, on, plain, ticks_of
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db

WEEKS = (date(2003, 4, 3), date(2003, 4, 10))
INSPECTED = date(2003, 4, 14)


def test_the_study_phase_of_the_college(college, django_capture_on_commit_callbacks):
    graduates = college.branches[case.GRADUATES]
    away = next(iter(college.of(graduates).values()))[-1]
    with on(WEEKS[0]):
        leaving.flow_out(away, actor=SYSTEM, place="外地", contact="书记", since=WEEKS[0])
        the_pages_count_the_branches_as_reported(college)
    for week in WEEKS:
        with on(week):
            every_group_studies(college, week, away)
    with on(INSPECTED):
        with django_capture_on_commit_callbacks():
            the_week_adds_up_to_both_branches(college, WEEKS[0], away)
        the_group_book_names_only_the_group(college, away)
        a_record_found_wanting_is_made_up(college)
        damaged_lines_stay_as_they_are(college)


def the_pages_count_the_branches_as_reported(college):
    for name, size in case.MEMBERS.items():
        page = college.visitors["officer"].get("organisation_detail", college.branches[name].pk)
        assert page.context["total"] == size
        groups = page.context["groups"]
        assert sum(group["members"] for group in groups) == size
        assert len(groups) == len(college.of(college.branches[name])) > 1


def every_group_studies(college, day, away):
    """Its leader writes the record of his own group, and is offered no other member."""
    for group, folk in college.groups.items():
        leader = college.visitors[group]
        query = f"?organisation={group.organisation_id}&form=group_meeting&group={group.pk}"
        offered = leader.get("meeting_create", organisation=group.organisation_id, form="group_meeting", group=group.pk)
        listed = {due.member_id for due in offered.context["sheet"].attendance.members}
        assert listed == {person.pk for person in folk}
        missing = [(away, case.AWAY)] if away in folk else []
        leader.post(
            "meeting_create", query=query, save="submit", confirmed="yes", theme=case.STUDY, agenda=case.AGENDA,
            started_at=f"{day} 09:00", ended_at=f"{day} 11:00", place="教研室", host=folk[0].pk, recorder=folk[1].pk,
            minutes=case.POSTED if missing else "逐人发言。", minutes_original="system", **ticks_of(folk, missing),
        )  # fmt: skip
    filed = Meeting.objects.filter(state="filed", form="group_meeting", started_at__date=day)
    assert filed.count() == len(college.groups)


def the_week_adds_up_to_both_branches(college, day, away):
    """Each member is due once, in his own group: the groups together are the branch, and the one who is away is told."""
    rows, total = ledger(college.visitors["officer"], held_after=day, held_before=day)
    due = {name: sum(row[9] for row in rows if row[1] == name) for name in case.MEMBERS}
    assert due == case.MEMBERS
    everybody = sum(case.MEMBERS.values())
    assert total[9:13] == [everybody, everybody - 1, 1, 0]
    (told,) = [row[13] for row in rows if row[13]]
    assert told == f"{away.name}(请假:{case.AWAY})"


def the_group_book_names_only_the_group(college, away):
    meeting = Meeting.objects.filter(attendances__member=away).earliest("pk")
    folk = college.groups[Group.objects.get(pk=meeting.group_id)]
    words = plain(book(college.visitors[meeting.group], meeting, "record"))
    assert f"{len(folk)}人" in words and f"{len(folk) - 1}人" in words
    assert case.POSTED.replace("，", ",") in words and meeting.group.name in words
    signers = book(college.visitors[meeting.group], meeting, "sign-in", "a5")
    others = {person.name for group, people_ in college.of(meeting.organisation).items() if group != meeting.group
              for person in people_}  # fmt: skip
    assert all(person.name in signers for person in folk) and not any(name in signers for name in others)


def a_record_found_wanting_is_made_up(college):
    """The inspector returns it with a day; the leader completes it, and the page tells both."""
    inspector = college.visitors["inspector"]
    meeting = Meeting.objects.filter(organisation=college.branches[case.STUDENTS]).latest("pk")
    inspector.post("meeting_move", meeting.pk, "send_back", note=case.SHORT)
    leader, folk = college.visitors[meeting.group], college.groups[meeting.group]
    shown = leader.get("meeting_detail", meeting.pk).content.decode()
    assert "已退回" in shown and case.SHORT in shown
    meeting.refresh_from_db()
    day = WEEKS[1]
    leader.post(
        "meeting_edit", meeting.pk, save="submit", confirmed="yes", theme=case.STUDY, agenda=case.AGENDA,
        started_at=f"{day} 09:00", ended_at=f"{day} 11:00", place="教研室", host=folk[0].pk, recorder=folk[1].pk,
        minutes=case.MADE_UP, minutes_original="system", version=meeting.version, **ticks_of(folk),
    )  # fmt: skip
    meeting.refresh_from_db()
    assert meeting.get_state_display() == "已归档"
    assert case.MADE_UP in inspector.get("meeting_detail", meeting.pk).content.decode()
    assert [entry.move for entry in meeting.history] == ["create", "file", "send_back", "file"]


def damaged_lines_stay_as_they_are(college):
    """Nothing is guessed where the words of a report are lost: every number stays, and what is no word is shown as it is."""
    branch = college.branches[case.GRADUATES]
    secretary = college.visitors[case.GRADUATES]
    secretary.post(
        "meeting_create", query=f"?organisation={branch.pk}&form=general_meeting", save="draft", theme="总结",
        started_at="2003-04-14 09:00", minutes_original="system", minutes=case.DAMAGED,
    )  # fmt: skip
    meeting = Meeting.objects.get(theme="总结")
    page = secretary.get("meeting_detail", meeting.pk).content.decode()
    assert "2、&lt;?xml:namespace prefix = st1 /&gt;" in page and "<?xml" not in page
    lines = [plain(line) for line in book(secretary, meeting, "record").splitlines()]
    kept = [line for line in lines if line[:2] in {f"{n}、" for n in range(1, 6)}]
    assert kept == [plain(line.replace("<", "&lt;").replace(">", "&gt;")) for line in case.DAMAGED.splitlines()]
