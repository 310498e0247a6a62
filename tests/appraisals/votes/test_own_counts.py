"""Totals about oneself: for oneself alone, where a superior applies rule F2-1 (users.md F2, `show_own_counts`)."""

import pytest
from django.utils import timezone

from appraisals.votes import actions
from appraisals.votes.people import committee_of, rated
from appraisals.votes.results import results_of
from appraisals.votes.sheets import Wanted
from branches.models import User
from tests.appraisals.votes.rows import counted, laid_down, moved, totals
from tests.appraisals.votes.test_rules import set_to

PEOPLE, LEADERS, ASPECTS = "民主评议党员测评表", "班子成员评议表", "党员分项评议表"


def read(vote, user):
    user = User.objects.get(pk=user.pk)
    told = [result for result in results_of(vote, user) if result.sheet.about_people and not result.withheld]
    return {
        result.sheet.title: [(row.line.heading, row.line.label, row.numbers) for row in result.rows] for result in told
    }


@pytest.fixture
def everything(world):
    """Every sheet about persons, each member on two aspects, five ballots."""
    today = timezone.localdate()
    people = rated(world.first, None, today, world.secretary)
    leaders = committee_of(world.first, today, world.secretary)
    vote = laid_down(world, wanted=Wanted(people=people, aspects=("信念", "作用"), leaders=leaders))
    return actions.type_totals(vote, *totals(vote), actor=world.secretary)


def test_off_as_shipped(world):
    vote = moved(world, counted(world), "confirm_signed")
    assert read(vote, world.group_leader) == read(vote, world.member) == {}


def test_each_reads_his_own_line_and_no_other(world):
    set_to(world, "remind", code="F2-1")
    vote = moved(world, counted(world), "confirm_signed")
    assert read(vote, world.group_leader) == {PEOPLE: [("", "丁组长", [0, 5, 0, 0, 0])]}
    assert read(vote, world.member) == {PEOPLE: [("", "戊同志", [0, 5, 0, 0, 0])]}
    assert len(read(vote, world.committee_member)[PEOPLE]) == 5
    page = [result.partly for result in results_of(vote, User.objects.get(pk=world.member.pk))]
    assert page == ["这里只列出关于本人的结果。", ""]


def test_every_line_about_him_on_every_sheet(world, everything):
    set_to(world, "remind", code="F2-1")
    vote = moved(world, everything, "confirm_signed")
    assert read(vote, world.member) == {
        PEOPLE: [("", "戊同志", [0, 5, 0, 0, 0])],
        ASPECTS: [("戊同志", "信念", [0, 5, 0, 0]), ("戊同志", "作用", [0, 5, 0, 0])],
    }
    assert [heading for heading, _label, _numbers in read(vote, world.secretary)[LEADERS]][::5] == ["甲书记", "乙委员"]
    (leaders,) = [one for one in results_of(vote, world.officer) if one.sheet.title == LEADERS]
    assert [row.heading for row in leaders.rows] == ["甲书记", "", "", "", "", "乙委员", "", "", "", ""]
    assert not leaders.has_own_options


def test_without_the_rule_no_sheet_about_persons_is_read_by_members(world, everything):
    vote = moved(world, everything, "confirm_signed")
    assert read(vote, world.group_leader) == {}
    assert set(read(vote, world.committee_member)) == {PEOPLE, ASPECTS, LEADERS}


def test_not_before_confirmation_and_not_under_the_fewest_ballots(world):
    set_to(world, "remind", code="F2-1")
    assert read(counted(world), world.group_leader) == {}
    assert read(moved(world, counted(world, collected=4), "confirm_signed"), world.group_leader) == {}


def test_who_is_on_no_line_reads_nothing(world):
    set_to(world, "remind", code="F2-1")
    people = rated(world.first, None, timezone.localdate(), world.secretary)[:3]
    vote = laid_down(world, wanted=Wanted(people=people))
    actions.type_totals(vote, *totals(vote), actor=world.secretary)
    assert read(moved(world, vote, "confirm_signed"), world.member) == {}


def test_without_the_rule_not_even_the_secretary_reads_what_is_about_himself(world, everything):
    """He is rated like everybody: at the count he reads all, for he confirms it, and no more afterwards."""
    at_the_count = {label for _heading, label, _numbers in read(everything, world.secretary)[PEOPLE]}
    vote = moved(world, everything, "confirm_signed")
    told = read(vote, world.secretary)
    assert at_the_count - {label for _heading, label, _numbers in told[PEOPLE]} == {"甲书记"}
    assert "甲书记" not in {heading for sheet in (ASPECTS, LEADERS) for heading, _label, _numbers in told[sheet]}
    assert "甲书记" in {label for _heading, label, _numbers in read(vote, world.committee_member)[PEOPLE]}
    assert "甲书记" in {label for _heading, label, _numbers in read(vote, world.officer)[PEOPLE]}
    partly = {result.sheet.title: result.partly for result in results_of(vote, User.objects.get(pk=world.secretary.pk))}
    assert partly[PEOPLE] == "关于本人的结果不在这里列出。"
