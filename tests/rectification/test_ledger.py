"""The ledger by state, by days left, by month, as a sheet and on paper; and what came of rows elsewhere."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting
from rectification.ledger.board import SHOWN, Board
from rectification.ledger.calendar import Month
from rectification.ledger.exports import COLUMNS
from rectification.models import Problem
from rectification.problems.actions import entry, giving
from rectification.problems.states import ProblemState
from tests.papers import opened
from tests.rectification.rows import again, asked, moved, of_member, problem
from tests.reports.books import export, rows_of
from workflow.models import AuditEvent

DAY = timedelta(1)
SPANS = {"late_more": (-400, -21), "late20": (-20, -11), "late10": (-10, -1), "10": (0, 10), "20": (11, 20),
         "more": (21, 400)}  # fmt: skip


def look(user, kind=Board, **query):
    """What the page shows this person."""
    request = RequestFactory().get("/", query)
    request.user = type(user).objects.get(pk=user.pk)
    return kind(request)


@pytest.fixture
def aged(world):
    """One problem for each edge of each span, and one without a day."""
    today = timezone.localdate()
    days = {edge for span in SPANS.values() for edge in span}
    for days_left in days:
        row = problem(world, text=str(days_left))
        Problem.objects.filter(pk=row.pk).update(found_on=today - DAY * 500, due_on=today + DAY * days_left)
    problem(world, text="none", due_on=None)
    return days


def test_each_age_counts_what_lies_within_its_days_and_opens_just_that(world, aged, client):
    client.force_login(world.secretary)
    expected = {code: {str(d) for d in aged if low <= d <= high} for code, (low, high) in SPANS.items()}
    expected["none"] = {"none"}
    for tile, (code, texts) in zip(look(world.secretary).ages, expected.items(), strict=True):
        assert tile.count == len(texts), code
        assert {row.text for row in client.get(tile.url).context["page"].objects} == texts, code


def test_of_a_branch_on_paper_nothing_is_late(world, aged, client):
    type(world.first).objects.filter(pk=world.first.pk).update(mode="paper")
    client.force_login(world.secretary)
    tiles = look(world.secretary).ages
    assert [client.get(tile.url).context["page"].total for tile in tiles] == [tile.count for tile in tiles]
    numbers = [tile.count for tile in tiles]
    assert numbers[:3] == [0, 0, 0] and sum(numbers[3:]) == sum(d >= 0 for d in aged) + 1


def test_each_state_has_a_lane_with_its_first_problems(world, client):
    for n in range(SHOWN + 2):
        problem(world, text=f"Text {n}", due_on=timezone.localdate() + DAY * (40 - n))
    asked(world, problem(world))
    moved(problem(world), "void", actor=world.secretary)
    board = look(world.secretary)
    lanes = {lane.state: lane for lane in board.lanes}
    assert set(lanes) == set(ProblemState) - {ProblemState.VOID}
    first = lanes[ProblemState.UNCLAIMED]
    assert (first.count, len(first.rows), first.more) == (SHOWN + 2, SHOWN, 2)
    assert first.rows[0].text == f"Text {SHOWN + 1}", "the most urgent first"
    assert (lanes[ProblemState.CLOSING_REQUESTED].count, lanes[ProblemState.CLOSED].count) == (1, 0)
    client.force_login(world.secretary)
    assert client.get(first.url).context["page"].total == SHOWN + 2


def test_the_conditions_of_the_ledger_narrow_the_board_and_go_back_with_it(world):
    problem(world, priority="urgent")
    problem(world, branch=world.second, actor=world.officer, responsible=None)
    assert sum(lane.count for lane in look(world.officer).lanes) == 2
    board = look(world.officer, priority="urgent", state="closed", sort="due_on", month="2026-01")
    assert sum(lane.count for lane in board.lanes) == 1
    assert board.query == "?priority=urgent" and board.told == ["轻重缓急"] and look(world.officer).query == ""
    assert "priority=urgent" in board.ages[0].url
    broken = look(world.officer, due_after="nonsense")
    assert sum(lane.count for lane in broken.lanes) == 0, "nobody takes the whole for a part"


def test_whom_the_board_shows_what(world):
    of_member(world, world.people[4], text="Own")
    problem(world, text="Other", responsible=world.people[2])
    counts = {name: sum(lane.count for lane in look(getattr(world, name)).lanes)
              for name in ("member", "secretary", "officer", "group_leader", "sibling", "stranger", "sysadmin")}  # fmt: skip
    assert counts == {"member": 1, "secretary": 2, "officer": 2, "group_leader": 0, "sibling": 0, "stranger": 0,
                      "sysadmin": 0}  # fmt: skip


@pytest.mark.parametrize("name", ["problem_board", "problem_calendar", "problem_list"])
def test_with_many_problems_a_page_asks_no_more(world, client, name):
    def asks():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    client.force_login(world.officer)
    for whose in ("branch", "committee"):
        asked(world, problem(world, whose=whose))
        problem(world, whose=whose)
    asks()
    few = asks()
    for _ in range(8):
        asked(world, problem(world))
        problem(world)
    assert asks() == few <= 16


# --- the month --------------------------------------------------------------------------------------------------------
def test_a_month_shows_what_is_owed_on_its_days(world, client):
    day = date(2026, 12, 3)
    for n in range(6):
        problem(world, text=f"Text {n}", due_on=day, found_on=date(2026, 1, 5))
    problem(world, text="Next", due_on=date(2027, 1, 2), found_on=date(2026, 1, 5))
    done = problem(world, text="Done", due_on=day, found_on=date(2026, 1, 5))
    asked(world, done)
    month = look(world.secretary, Month, month="2026-12")
    days = {one.on: one for week in month.weeks for one in week}
    shown = days[day]
    assert ([row.text for row in shown.rows], shown.more) == ([f"Text {n}" for n in range(4)], 2)
    assert [row.text for row in days[date(2027, 1, 2)].rows] == ["Next"] and days[date(2027, 1, 2)].is_outside
    assert month.has_rows
    client.force_login(world.secretary)
    assert {row.text for row in client.get(shown.url).context["page"].objects} == {
        *(f"Text {n}" for n in range(6)),
        "Done",
    }
    assert (month.earlier, month.later) == ("?month=2026-11", "?month=2027-01")
    assert not look(world.secretary, Month, month="2020-01").has_rows


# --- the sheet --------------------------------------------------------------------------------------------------------
def test_the_ledger_as_superiors_take_it(world):
    today = timezone.localdate()
    row = problem(world, origin="visit", origin_words="第2次督导", leader="校长", category="service")
    giving.extend([row], today + DAY * 50, actor=world.secretary, reason="Rain")
    entry.tell_progress(again(row), "Half way", actor=world.member, satisfied="yes")
    own = moved(asked(world, of_member(world, world.people[2])), "close", actor=world.committee_member, note="Seen")
    team = moved(asked(world, problem(world, whose="committee")), "hold", actor=world.officer)
    closed = moved(asked(world, problem(world)), "close_by_assembly", actor=world.secretary, note="会议记录第7号")
    quick = moved(problem(world, at_once=True, responsible=world.people[2]), "close_at_once", actor=world.secretary)
    moved(problem(world), "void", actor=world.secretary)
    problem(world, branch=world.second, actor=world.officer, responsible=None)
    found = rows_of(export(world.secretary, "rectification_ledger"), COLUMNS)
    assert [line["责任主体"] for line in found] == ["First branch"] * 3 + ["First branch班子", "First branch 丙干事"]
    first, by_assembly, at_once, standing, member = found
    assert {name: first[name] for name in (
        "序号", "问题类别", "查摆出的问题", "来源", "整改目标", "整改措施", "责任领导", "责任人", "完成时限", "进展情况", "是否销号",
        "销号时间", "核验人", "备注",
    )} == {
        "序号": 1, "问题类别": "联系服务群众", "查摆出的问题": "PROBLEM-WORDS", "来源": "督导：第2次督导",
        "整改目标": "GOAL-WORDS", "整改措施": "1. First measure\n2. Second measure", "责任领导": "校长", "责任人": "戊同志",
        "完成时限": today + DAY * 50, "进展情况": "Half way", "是否销号": "未销号", "销号时间": "", "核验人": "",
        "备注": f"原定时限{today + DAY * 30}；群众满意",
    }  # fmt: skip
    assert (by_assembly["核验人"], by_assembly["销号时间"]) == ("党员大会（会议记录第7号）", closed.closed_on)
    assert (at_once["核验人"], at_once["备注"], at_once["是否销号"]) == ("甲书记", "立行立改", "已销号")
    assert (standing["是否销号"], standing["核验人"], team.state) == ("长期坚持", "", "standing")
    assert (member["核验人"], member["是否销号"]) == ("乙委员", "已销号") and own.closed_on == quick.closed_on == today
    assert len(rows_of(export(world.officer, "rectification_ledger"), COLUMNS)) == 6
    assert len(rows_of(export(world.officer, "rectification_ledger", "state=closed"), COLUMNS)) == 3


def test_a_sheet_holds_no_formula(world):
    problem(world, text="=1+1", goal="@SUM(A1)")
    (found,) = rows_of(export(world.secretary, "rectification_ledger"), COLUMNS)
    assert (found["查摆出的问题"], found["整改目标"]) == ("=1+1", "@SUM(A1)")


# --- on paper ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def listed(world, client):
    problem(world, leader="校长", text="Branch problem")
    problem(world, whose="committee", text="Committee problem", measures=("A very long measure " * 20,))
    of_member(world, world.people[2], text="Member problem")
    moved(problem(world, text="Void problem"), "void", actor=world.secretary)
    problem(world, branch=world.second, actor=world.officer, responsible=None, text="Elsewhere")
    client.force_login(world.secretary)
    return client


def test_the_list_of_a_branch_is_printed_and_fetched(world, listed):
    page = listed.get(reverse("problem_paper", args=[world.first.pk])).content.decode()
    word = listed.get(reverse("problem_word", args=[world.first.pk]))
    for words in (page, opened.text(word.content)):
        places = [
            words.index(part) for part in ("一、支部班子和党支部", "Branch problem", "二、党员个人", "Member problem")
        ]
        assert places == sorted(places) and "Committee problem" in words
        assert "Void problem" not in words and "Elsewhere" not in words
    assert opened.fonts(word.content) >= {"方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312"}
    told = AuditEvent.objects.filter(kind="exported").order_by("pk")
    assert [event.note for event in told] == [f"First branch整改清单 #{world.first.pk}, 3"] * 2


def test_what_a_problem_was_closed_on_stands_below_how_far_it_was(world, listed):
    row = problem(world, text="Closed problem")
    entry.tell_progress(again(row), "Half way", actor=world.member, satisfied="yes")
    moved(asked(world, again(row)), "close_by_assembly", actor=world.secretary, note="会议记录第7号")
    word = opened.text(listed.get(reverse("problem_word", args=[world.first.pk])).content)
    assert word.index("Half way") < word.index("EVIDENCE-WORDS")
    (told,) = [line for line in rows_of(export(world.secretary, "rectification_ledger"), COLUMNS)
               if line["查摆出的问题"] == "Closed problem"]  # fmt: skip
    assert told["进展情况"] == "Half way\nEVIDENCE-WORDS"


def test_the_list_is_narrowed_as_the_ledger_is(world, listed):
    page = listed.get(reverse("problem_paper", args=[world.first.pk]) + "?whose=member").content.decode()
    assert "Member problem" in page and "Branch problem" not in page and "一、" not in page
    empty = listed.get(reverse("problem_paper", args=[world.first.pk]) + "?year=2001")
    assert "没有登记问题" in empty.content.decode()
    assert listed.get(reverse("problem_word", args=[world.first.pk]) + "?year=2001").status_code == 200


@pytest.mark.soffice
@pytest.mark.writer
def test_libreoffice_shows_the_list_across(world, listed, tmp_path, soffice):
    path = tmp_path / "list.docx"
    path.write_bytes(listed.get(reverse("problem_word", args=[world.first.pk])).content)
    pdf = soffice(path, "pdf")
    assert opened.sizes(pdf.read_bytes()) == {(297, 210)}
    shown = "".join("".join(opened.words(pdf)).split())
    for words in ("整改清单", "查摆出的问题", "Branchproblem", "党支部书记（签字）：", "—1—"):
        assert words in shown, shown


# --- what came of rows elsewhere ----------------------------------------------------------------------------------------
def test_a_row_tells_on_its_page_which_problems_it_gave_cause_for(world, client):
    meeting = world.meeting
    row = problem(world, ref=f"meetings.meeting:{meeting.pk}", origin="meeting", responsible=world.people[2])
    problem(world, text="Unrelated")
    client.force_login(world.secretary)
    page = client.get(meeting.get_absolute_url())
    assert [(one.words, one.row) for one in page.context["sequels"]["followed"]] == [("PROBLEM-WORDS", row)]
    (begin,) = [url for _label, url in page.context["sequels"]["begins"] if "problem" in url]
    assert client.get(begin).context["form"]["origin"].value() == "meeting"
    client.force_login(world.member)
    page = client.get(meeting.get_absolute_url())
    assert page.context["sequels"] == {"followed": [], "begins": []}, "the problem is not his to see"
    assert "PROBLEM-WORDS" not in page.content.decode()


def test_of_other_rows_nothing_is_asked(world, client, django_assert_num_queries):
    from branches import sequels

    with django_assert_num_queries(0):
        assert sequels.of(world.round, world.secretary) == {}
    assert sequels.of(Meeting.objects.select_related("organisation").get(pk=world.meeting.pk), world.officer)["begins"]
