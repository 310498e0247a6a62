"""The case college: at least 40 hours, group and own study together. What the pages and the file say of each member
arises from sittings, papers sent by post and own study typed; only the 40 is reported, and laid down as a rule."""

from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from branches.actions import leaving
from jobs import files
from jobs.models import Job
from jobs.runner import run_one
from meetings.models import Meeting
from tests.scenarios import college as case
from tests.scenarios.visits import on, plain, ticks_of
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db

ASSEMBLY, GROUPS, ENDS = date(2003, 4, 2), (date(2003, 4, 3), date(2003, 4, 10)), date(2003, 4, 14)


@pytest.fixture
def graduates(college):
    """The bigger branch, its members, and the one who is away for long."""
    branch = college.branches[case.GRADUATES]
    groups = college.of(branch)
    return branch, [person for folk in groups.values() for person in folk], next(iter(groups.values()))[-1]


def test_hours_against_the_forty_of_the_campaign(college, graduates, django_capture_on_commit_callbacks):
    branch, folk, away = graduates
    with on(ASSEMBLY):
        leaving.flow_out(away, actor=SYSTEM, place="外地", contact="书记", since=ASSEMBLY)
        the_college_asks_for_forty_hours_of_both_kinds(college)
        one_sitting_is_assembly_and_lecture(college, branch, folk, away)
    for day in GROUPS:
        with on(day):
            every_group_of_the_branch_studies(college, branch, day, away)
    with on(ENDS):
        the_diligent_types_what_he_studied_by_himself(college, branch, folk[2])
        the_page_of_the_branch_sets_hours_against_forty(college, branch, folk, away)
        the_one_away_sees_what_the_books_sent_to_him_count(college, away)
        the_sitting_counts_once_and_as_both_forms(college, branch)
        with django_capture_on_commit_callbacks():
            the_file_of_hours_keeps_the_two_columns_apart(college, branch, folk, away)
        talks_are_counted_as_they_were_held(college, branch, folk, away)


def the_college_asks_for_forty_hours_of_both_kinds(college):
    college.visitors["officer"].post(
        "rule_edit", college.top.pk, 2003, "F29-1", act="set", severity="remind", hours=case.HOURS, reason="学校部署"
    )


def one_sitting_is_assembly_and_lecture(college, branch, folk, away):
    """Four hours: an assembly at which a film is seen and a lecture given; books are posted to the one away."""
    college.visitors[case.GRADUATES].post(
        "meeting_create", query=f"?organisation={branch.pk}&form=general_meeting", save="submit", confirmed="yes",
        theme=case.FILM, agenda=case.FILM, started_at=f"{ASSEMBLY} 08:00", ended_at=f"{ASSEMBLY} 12:00", place="礼堂",
        host=folk[1].pk, recorder=folk[0].pk, minutes="观看影片并讨论。", minutes_original="system",
        also="party_lecture", minutes_party_lecture="书记讲党课。", way_by_post=away.name,
        **ticks_of(folk, [(away, case.AWAY)]),
    )  # fmt: skip
    assert Meeting.objects.get(theme=case.FILM).get_state_display() == "已归档"


def every_group_of_the_branch_studies(college, branch, day, away):
    for group, folk in college.of(branch).items():
        missing = [(away, case.AWAY)] if away in folk else []
        college.visitors[group].post(
            "meeting_create", query=f"?organisation={branch.pk}&form=group_meeting&group={group.pk}", save="submit",
            confirmed="yes", theme=case.STUDY, agenda=case.AGENDA, started_at=f"{day} 09:00", ended_at=f"{day} 11:00",
            place="教研室", host=folk[0].pk, recorder=folk[1].pk, minutes=case.POSTED if missing else "逐人发言。",
            minutes_original="system", way_by_post=away.name if missing else "", **ticks_of(folk, missing),
        )  # fmt: skip


def the_diligent_types_what_he_studied_by_himself(college, branch, member):
    """32 hours of his own beside the 8 of the sittings."""
    for day, hours in ((date(2003, 4, 5), 24), (date(2003, 4, 6), 8)):
        college.visitors[case.GRADUATES].post(
            "study_member", member.pk, studied_on=day, kind="own", hours=hours, subject="自学读本"
        )


def the_page_of_the_branch_sets_hours_against_forty(college, branch, folk, away):
    """In the order of the register; no sum of both columns, no order by hours."""
    page = college.visitors[case.GRADUATES].get("study_branch", branch.pk)
    told = {key: (found.collective, found.own, lacking) for key, _name, found, lacking in page.context["rows"]}
    assert len(told) == case.MEMBERS[case.GRADUATES]
    secretary, diligent = folk[1], folk[2]
    assert told.pop(secretary.pk) == (8, 0, "集中学习尚差 48 学时；专项学习尚差 32 学时")
    assert told.pop(diligent.pk) == (8, 32, "集中学习尚差 24 学时")
    assert told.pop(away.pk) == (0, 8, "集中学习尚差 32 学时；专项学习尚差 32 学时")
    assert set(told.values()) == {(8, 0, "集中学习尚差 24 学时；专项学习尚差 32 学时")}
    text = page.content.decode()
    assert text.count("专项学习尚差 32 学时") == case.MEMBERS[case.GRADUATES] - 1
    inspector = college.visitors["inspector"].client.get(reverse("study_branch", args=[branch.pk]))
    assert inspector.status_code == 403  # a supervisor compares no hours


def the_one_away_sees_what_the_books_sent_to_him_count(college, away):
    page = college.visitors["officer"].get("study_member", away.pk)
    lines = [(credit.day, credit.words, credit.kind, credit.hours) for credit in page.context["found"].credits]
    assert lines == [
        (ASSEMBLY, case.FILM, "own", 4), *((day, case.STUDY, "own", 2) for day in GROUPS),
    ]  # fmt: skip
    meeting = Meeting.objects.get(theme=case.FILM)
    shown = college.visitors[case.GRADUATES].get("meeting_detail", meeting.pk).content.decode()
    assert "邮寄" in shown and "支部党员大会、党课" in shown


def the_sitting_counts_once_and_as_both_forms(college, branch):
    officer = college.visitors["officer"]
    for form in ("general_meeting", "party_lecture"):
        listed = officer.get("meeting_list", form=form).context["page"]
        assert [row.theme for row in listed.objects] == [case.FILM]
    groups = len(college.of(branch)) * len(GROUPS)
    assert officer.get("meeting_list").context["page"].total == 1 + groups


def the_file_of_hours_keeps_the_two_columns_apart(college, branch, folk, away):
    college.visitors["officer"].client.post(reverse("export_create", args=["study_ledger"]), {"query": f"under={branch.pk}"})  # fmt: skip
    job = Job.objects.latest("pk")
    run_one(job.pk)
    job.refresh_from_db()
    with files.opened(job) as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    rows = [[plain(cell) for cell in row] for row in sheet if isinstance(row[0], int | float) and row[0]]
    found = {row[2]: (row[4], row[5]) for row in rows}
    assert len(rows) == case.MEMBERS[case.GRADUATES]
    assert (found[away.name], found[folk[2].name], found[folk[3].name]) == ((0, 8), (8, 32), (8, 0))
    assert sum(row[4] for row in rows) == 8 * (case.MEMBERS[case.GRADUATES] - 1)


def talks_are_counted_as_they_were_held(college, branch, folk, away):
    """Two talks: with the one away, and with two members at once; one talk, two persons."""
    secretary = college.visitors[case.GRADUATES]
    day = {"held_on": ENDS.isoformat(), "place": "教研室", "row-TOTAL_FORMS": 2, "row-INITIAL_FORMS": 0}
    rows = {f"row-{n}-talkers": folk[1].name for n in range(2)}
    rows |= {"row-0-partners": away.name, "row-1-partners": f"{folk[2].name}、{folk[3].name}"}
    secretary.post("talk_create", query=f"?organisation={branch.pk}", **day, **rows)
    listed = college.visitors["inspector"].get("talk_list").context["page"].objects
    assert sorted(row.persons for row in listed) == [1, 2]
    assert {row.get_kind_display() for row in listed} == {"委员与党员"}
    assert case.AWAY not in college.visitors["inspector"].get("talk_detail", listed[0].pk).content.decode()
