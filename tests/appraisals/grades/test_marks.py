"""What the committee weighs of the secret vote: the marks of the sheet with one grade a member, of a vote held together,
too, and only as far as its reader has a right to them."""

from django.utils import timezone

from appraisals.grades.facts import facts_of
from appraisals.models import RosterEntry
from appraisals.votes import actions
from appraisals.votes.people import committee_of, rated
from appraisals.votes.sheets import Wanted
from tests.appraisals.grades.rows import fresh, grading
from tests.appraisals.votes.rows import counted, laid_down, moved, totals
from tests.appraisals.votes.test_together import together


def marks(world, user, branch=None):
    entries = list(RosterEntry.objects.filter(round=world.round, organisation=branch or world.first))
    weighing = facts_of(grading(world, branch), entries, {}, fresh(user))
    return {world_name(world, key): facts.marks for key, facts in weighing.of_member.items()}, weighing.withheld


def world_name(world, key):
    return next(person.name for person in (*world.people, *world.siblings) if person.pk == key)


def confirmed(world, vote, collected=5):
    actions.type_totals(vote, *totals(vote, collected), actor=world.secretary)
    return moved(world, vote, "confirm_signed")


def test_each_has_his_marks_of_the_sheet_with_one_grade_whatever_else_rates_him(world):
    today = timezone.localdate()
    wanted = Wanted(
        people=rated(world.first, None, today, world.secretary), aspects=("信念",),
        leaders=committee_of(world.first, today, world.secretary),
    )  # fmt: skip
    confirmed(world, laid_down(world, round=world.round, wanted=wanted))
    found, withheld = marks(world, world.committee_member)
    assert withheld == ""
    assert found["甲书记"] == [("优秀", 1), ("合格", 4), ("基本合格", 0), ("不合格", 0), ("弃权", 0)]
    assert found["戊同志"][1] == ("合格", 5)


def test_a_vote_held_together_gives_each_branch_its_own_marks(world):
    vote = together(world, round=world.round)
    confirmed(world, vote, 7)
    here, _withheld = marks(world, world.committee_member)
    there, _withheld = marks(world, world.officer, world.second)
    assert here["甲书记"][0] == ("优秀", 1) and there["己书记"][1] == ("合格", 7)
    assert marks(world, world.secretary)[0]["甲书记"] == [], "nobody reads his own (F2)"


def test_under_the_fewest_ballots_the_committee_reads_why_there_are_none(world):
    moved(world, counted(world, collected=4, round=world.round), "confirm_signed")
    found, withheld = marks(world, world.secretary)
    assert not any(found.values()) and "有效票不足 5 张" in withheld
    found, withheld = marks(world, world.officer)
    assert all(found.values()) and withheld == ""
