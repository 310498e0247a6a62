"""党支部班子评议结果汇总表: set order, no rank, and what is withheld enters no total (users.md F4, section 5)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.votes import actions
from appraisals.votes.people import rated as people_of
from appraisals.votes.sheets import Wanted
from appraisals.votes.summary.table import Table
from branches.actions.organisations import found
from branches.models import User
from tests.appraisals.votes.rows import counted, laid_down, moved, outside, totals
from tests.appraisals.votes.test_together import confirmed as together
from tests.cast import SINCE, account, enrol
from tests.reports.books import export, sheet_of
from workflow.actors import SYSTEM


@pytest.fixture
def rated(world):
    """The first branch with six ballots, the second with four, one more only counted, one void."""
    moved(world, counted(world, collected=6, best=5, voters=6), "confirm_signed")
    moved(world, counted(world), "void")
    counted(world)
    sibling = {"branch": world.second, "scrutineer": None, "scrutineer_name": "甲"}
    few = counted(world, collected=4, actor=world.officer, **sibling, voters=4)
    actions.move(few, "confirm_signed", actor=world.officer, note="当场签字")
    return world


def summary(client, user, **query):
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(reverse("vote_summary"), query)


def test_rows_in_set_order_and_a_total_without_what_is_withheld(client, rated):
    page = summary(client, rated.officer)
    table = page.context["table"]
    assert [(row.name, row.is_withheld) for row in table.rows] == [("First branch", False), ("Second branch", True)]
    cells = [6, 6, 6, 6, 5, 83.3, 1, 16.7, 0, 0.0, 0, 0.0, 0]
    assert [(line["ballots"], line["abstained"]) for line in table.lines] == [([6] * 4, 0), ([""] * 4, "")]
    assert table.lines[0]["options"] == [(5, 83.3), (1, 16.7), (0, 0.0), (0, 0.0)]
    assert table.total == cells
    told = page.content.decode()
    assert "未计入（有效票不足 5 张）" in told and "另有 1 个支部有效票不足规定张数，未计入合计" in told


def test_whoever_marked_nothing_is_told_apart(client, world):
    vote = laid_down(world)
    ballots, marks = totals(vote)
    marks = {place: 0 if place[1] == 2 else number for place, number in marks.items()}
    moved(world, actions.type_totals(vote, ballots, marks, actor=world.secretary), "confirm_signed")
    (line,) = summary(client, world.officer).context["table"].lines
    assert line["abstained"] == 5 - sum(number for number, _share in line["options"]) > 0


def test_who_came_is_not_what_was_handed_out_and_outside_a_meeting_nobody_came(client, world):
    moved(world, counted(world, collected=6, best=5, voters=8), "confirm_signed")
    vote = outside(world)
    moved(world, actions.type_totals(vote, *totals(vote), actor=world.secretary), "confirm_signed")
    table = summary(client, world.officer).context["table"]
    assert sorted(map(str, (line["ballots"][0] for line in table.lines))) == ["8", "—"]
    assert table.total[:4] == [8, 11, 11, 11]


def test_of_nothing_every_total_is_none():
    assert Table(()).total == [0] * 4 + [0, 0.0] * 4 + [0]


def test_totals_over_several_branches_are_sums_and_shares_of_the_sum(client, rated):
    general = found("General", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE, parent=rated.county)
    below = found("Below", actor=SYSTEM, kind="branch", branch_kind="single", since=SINCE, parent=general)
    enrol("某人", below)
    vote = counted(
        rated, branch=below, actor=rated.officer, scrutineer=None, scrutineer_name="甲", collected=5, voters=5
    )
    actions.move(vote, "confirm_signed", actor=rated.officer, note="当场签字")
    table = summary(client, rated.officer).context["table"]
    assert table.total == [11, 11, 11, 11, 6, 54.5, 5, 45.5, 0, 0.0, 0, 0.0, 0]
    head = account("head", office="officer", organisation=general)
    assert [row.name for row in summary(client, head).context["table"].rows] == ["Below"]
    narrowed = summary(client, rated.officer, place=general.pk).context
    assert [row.name for row in narrowed["table"].rows] == ["Below"] and narrowed["unit"] == general


def test_branches_that_voted_together_have_a_row_each(client, world):
    together(world)
    rows = summary(client, world.officer).context["table"].rows
    assert [(row.name, row.count.valid) for row in rows] == [("First branch", 7), ("Second branch", 7)]


def test_a_member_reads_his_own_branch_and_nothing_withheld(client, rated):
    assert [row.name for row in summary(client, rated.member).context["table"].rows] == ["First branch"]
    assert "未计入" in summary(client, rated.sibling).content.decode()
    assert not summary(client, rated.stranger).context["table"].rows
    assert "还没有" in summary(client, rated.stranger).content.decode()


def test_a_vote_on_persons_alone_has_no_row(client, world):
    people = people_of(world.first, None, timezone.localdate(), world.secretary)
    vote = laid_down(world, wanted=Wanted(people=people))
    actions.type_totals(vote, *totals(vote), actor=world.secretary)
    moved(world, vote, "confirm_signed")
    assert not summary(client, world.officer).context["table"].rows


def test_the_file_says_the_same(client, rated, django_capture_on_commit_callbacks):
    sheet = sheet_of(export(rated.officer, "vote_summary", ""))
    first, second = [row for row in sheet if isinstance(row[0], float | int)]
    assert (first[0], second[0]) == (1, 2)
    assert first[1] == "First branch" and first[3:16] == [6, 6, 6, 6, 5, 83.3, 1, 16.7, 0, 0, 0, 0, 0]
    assert second[1] == "Second branch" and not any(second[3:16]) and second[16] == "未计入：有效票不足5张"
    (total,) = [row for row in sheet if "合计" in str(row[0])]
    assert (total[3], total[6], total[7]) == (6, 6, 5)


def test_in_the_file_the_ballots_of_branches_that_voted_together_stand_once(world):
    together(world)
    sheet = sheet_of(export(world.officer, "vote_summary", ""))
    first, second = [row for row in sheet if isinstance(row[0], float | int)]
    assert (first[3:7], any(second[3:7])) == ([7] * 4, False)
    assert (first[16], second[16]) == ("", "与上一行合并投票")
    assert sum(first[7:15:2]) + first[15] == sum(second[7:15:2]) + second[15] == 7


def test_it_costs_the_same_for_many_votes(client, rated, django_assert_max_num_queries):
    summary(client, rated.officer)
    with django_assert_max_num_queries(20) as first:
        summary(client, rated.officer)
    for _ in range(4):
        moved(rated, counted(rated), "confirm_signed")
    with django_assert_max_num_queries(len(first)):
        summary(client, rated.officer)
