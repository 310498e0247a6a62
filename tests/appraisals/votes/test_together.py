"""Branches that vote together, and a joint branch of several units on one ballot (users.md F4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Partner, RosterEntry, Subject, Vote
from appraisals.votes import actions
from appraisals.votes.people import of_branches, rated
from appraisals.votes.results import results_of
from appraisals.votes.sheets import Wanted
from appraisals.votes.together import neighbours
from ballots.marks import lines_of
from branches.actions.organisations import found
from branches.models import Relation, User
from tests.appraisals.votes.rows import laid_down, moved, totals
from tests.appraisals.votes.test_rules import set_to
from tests.cast import SINCE, enrol
from workflow.actors import SYSTEM

PEOPLE, BODY = "民主评议党员测评表", "党支部班子评议表"


@pytest.fixture
def page(client, world):
    client.force_login(world.secretary)
    return lambda name, *args, **posted: (
        client.post(reverse(name, args=args), posted) if posted else client.get(reverse(name, args=args))
    )


def together(world, **facts):
    """The first branch with the second: seven people, two committees, one box."""
    set_to(world, "remind", code="F4-1")
    places, day = [world.first, world.second], timezone.localdate()
    people = of_branches(places, [rated(place, None, day, world.secretary) for place in places])
    wanted = Wanted(people=people, body="First branch", bodies_along=("Second branch",))
    vote = Vote(organisation=world.first, title="Together", held_on=day, voters=7, scrutineer_name="甲",
                teller_name="乙", **facts)  # fmt: skip
    return actions.lay_down(vote, wanted, actor=world.secretary, along=[world.second])


def confirmed(world, collected=7):
    vote = together(world)
    actions.type_totals(vote, *totals(vote, collected), actor=world.secretary)
    return moved(world, vote, "confirm_signed")


def read(vote, user):
    """What this person reads: labels by sheet."""
    user = User.objects.get(pk=user.pk)
    return {
        result.sheet.title: [row.line.label for row in result.rows]
        for result in results_of(vote, user) if not result.withheld
    }  # fmt: skip


# --- who may ----------------------------------------------------------------------------------------------------------
def test_only_neighbours_vote_along_and_only_where_a_superior_lets_them(world):
    today = timezone.localdate()
    assert neighbours(world.first, today) == []
    set_to(world, "remind", code="F4-1")
    assert neighbours(world.first, today) == [world.second]
    deeper = found("General", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE, parent=world.county)
    found("Cousin", actor=SYSTEM, kind="branch", branch_kind="single", since=SINCE, parent=deeper)
    assert neighbours(world.first, today) == [world.second]
    assert neighbours(world.third, today) == []
    assert neighbours(world.first, SINCE - timedelta(1)) == []


def test_an_action_refuses_who_may_not_vote_along(world):
    for branch in (world.second, world.third):
        with pytest.raises(ValidationError, match=branch.name):
            actions.lay_down(
                Vote(organisation=world.first, title="T", held_on=timezone.localdate(), voters=5),
                Wanted(body="First branch"), actor=world.secretary, along=[branch],
            )  # fmt: skip
        set_to(world, "remind", code="F4-1")
    assert not Vote.objects.exists()


# --- the people ---------------------------------------------------------------------------------------------------------
def test_of_a_round_its_roster_counts_and_who_has_left_stands_last(world):
    today = timezone.localdate()
    names = lambda round_: [one.name for one in rated(world.first, round_, today, world.secretary)]  # noqa: E731
    everybody = names(None)
    assert names(world.round) == everybody and len(everybody) == 5
    RosterEntry.objects.filter(round=world.round, member__name=everybody[0]).update(is_due=False)
    Relation.objects.filter(member__name=everybody[1]).update(until=today - timedelta(1))
    assert names(None) == [everybody[0], *everybody[2:]]
    assert names(world.round) == [*everybody[2:], everybody[1]]


def test_each_branch_that_votes_along_brings_its_people(world):
    with pytest.raises(ValueError, match="shorter"):
        of_branches([world.first, world.second], [()])


# --- the ballot -------------------------------------------------------------------------------------------------------
def test_each_stands_on_the_ballot_under_his_branch(world):
    vote = together(world)
    lines = lines_of(vote.poll)
    assert [line.heading for line in lines[:7]] == ["First branch"] * 5 + ["Second branch"] * 2
    assert [line.label for line in lines[7:]] == ["First branch", "Second branch"]
    assert set(Subject.objects.filter(branch=world.second).values_list("member__name", flat=True)) == {
        person.name for person in world.siblings
    }


def test_the_form_offers_neighbours_and_keeps_them(page, world):
    assert "along" not in page("vote_create").context["form"].fields
    set_to(world, "remind", code="F4-1")
    facts = {"title": "New", "held_on": timezone.localdate().isoformat(), "voters": 7, "way": "paper"}
    facts |= {"people": "on", "body": "on", "leaders": "on", "along": [world.second.pk]}
    page("vote_create", **facts)
    vote = Vote.objects.get()
    assert [one.organisation for one in vote.partners.all()] == [world.second]
    assert Subject.objects.graded().filter(vote=vote).count() == 7
    assert page("vote_edit", vote.pk).context["form"].initial["along"] == [str(world.second.pk)]
    headings = {line.heading for line in lines_of(vote.poll) if line.label == "德"}
    assert headings == {"First branch 甲书记", "First branch 乙委员", "Second branch 己书记"}
    page("vote_edit", vote.pk, **{**facts, "along": []})
    assert not Partner.objects.exists() and Subject.objects.graded().filter(vote=vote).count() == 5


def test_a_void_vote_is_repeated_with_those_who_vote_along(world):
    vote = moved(world, together(world), "void")
    again = actions.repeat(vote, actor=world.secretary)
    assert [one.organisation for one in again.partners.all()] == [world.second]
    told = Subject.objects.filter(vote=again).values_list("branch__name", "member__name", "line__label")
    assert sorted(told) == sorted(Subject.objects.filter(vote=vote).values_list(
        "branch__name", "member__name", "line__label"))  # fmt: skip
    assert vote.partners.count() == 1 and vote.subjects.count() == 7


# --- who sees and reads -----------------------------------------------------------------------------------------------
def test_the_branch_that_votes_along_sees_the_vote(world):
    vote = together(world)
    own = User.objects.get(pk=world.sibling.pk)
    home = User.objects.create_user("along", member=world.siblings[1])
    assert vote in Vote.objects.visible_to(own) and vote not in Vote.objects.visible_to(home)
    vote = moved(world, vote, "void")
    assert vote in Vote.objects.visible_to(User.objects.get(pk=home.pk))
    assert vote not in Vote.objects.visible_to(world.stranger)
    assert laid_down(world) not in Vote.objects.visible_to(own)


def test_who_sees_it_twice_over_finds_it_once(world):
    together(world)
    assert Vote.objects.visible_to(User.objects.get(pk=world.officer.pk)).count() == 1


def test_each_committee_reads_its_own_members_and_everybody_the_committees(world):
    vote = confirmed(world)
    committees = {BODY: ["First branch", "Second branch"]}
    own = [person.name for person in world.people]
    himself = world.committee_member.member.name
    assert read(vote, world.committee_member) == {PEOPLE: [name for name in own if name != himself], **committees}
    assert read(vote, world.sibling) == {
        PEOPLE: [person.name for person in world.siblings if person != world.sibling.member],
        **committees,
    }
    assert read(vote, world.member) == committees
    assert set(read(vote, world.officer)[PEOPLE]) == {*own, *(person.name for person in world.siblings)}
    partly = [result.partly for result in results_of(vote, User.objects.get(pk=world.sibling.pk))]
    assert partly == ["这里只列出本支部党员。", ""]


def test_together_they_are_enough(world):
    """Neither branch has five ballots of its own in the second; the box has."""
    assert PEOPLE in read(confirmed(world, collected=5), world.sibling)
    Vote.objects.all().delete()
    assert read(confirmed(world, collected=4), world.sibling) == {}


# --- a joint branch ---------------------------------------------------------------------------------------------------
def test_members_of_a_joint_branch_stand_under_their_units(world):
    branch = found("Joint", actor=SYSTEM, kind="branch", branch_kind="joint", since=SINCE, parent=world.county)
    for n, (name, unit) in enumerate((("甲一", "粮站"), ("乙一", "水站"), ("甲二", "粮站"), ("丙一", "林站"))):
        enrol(name, branch, position=n, unit=unit)
    people = rated(branch, None, timezone.localdate(), world.officer)
    assert [(person.part, person.name) for person in people] == [
        ("粮站", "甲一"), ("粮站", "甲二"), ("水站", "乙一"), ("林站", "丙一"),
    ]  # fmt: skip


# --- namesakes --------------------------------------------------------------------------------------------------------
def test_namesakes_on_a_ballot_are_told_apart_by_group_and_post_never_by_birth(world):
    for n, group in enumerate((world.group, None)):
        enrol("同名", world.first, position=20 + n, group=group, born=f"196{n}-0{n + 1}")
    names = [person.name for person in rated(world.first, None, timezone.localdate(), world.secretary)]
    assert names[-2:] == ["同名（Group）", "同名（本名单第 2 位）"]
    assert not any("196" in name for name in names)
