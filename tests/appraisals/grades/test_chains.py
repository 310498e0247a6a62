"""The three chains from the first word to the last (users.md F5), and who waits for whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.grades.actions import moving, saying
from appraisals.grades.actions.saying import Numbers
from appraisals.grades.chains import wants_approval
from appraisals.models import AssemblyVote, Grade, GradeWord
from figures.models import Summary
from figures.registry import named
from tests.appraisals.grades.rows import again, chain, decided, fed_back, fresh, grading, moved, quota, said, weigh
from workflow.models import History
from workflow.moves import MoveNotAllowed

TODAY = timezone.localdate
CARRIED = Numbers(due=5, present=4, yes=3, no=1, abstain=0)


def number(world, code, branch=None):
    row = Summary.objects.filter(round_key=world.round.pk, organisation=branch or world.first).first()
    return getattr(row, named(code).column) if row else 0


def test_chain_a_is_decided_told_and_reported(world):
    person = world.people[4]
    grade = decided(world, person)
    assert (grade.decided_on, number(world, "grades.decided")) == (TODAY(), 1)
    grade = moved(world, grade, "feed_back")
    assert (grade.fed_back_on, number(world, "grades.fed_back")) == (TODAY(), 1)
    grade = said(world, grade, "agreed", "")
    assert moved(world, grade, "report").state == "reported"
    assert moved(world, grade, "give_back", actor=world.officer).state == "returned"
    assert (number(world, "grades.decided"), number(world, "grades.fed_back")) == (0, 0)
    assert again(grade).fed_back_on is None


def test_chain_b_meets_the_person_and_changes_what_was_thought(world):
    chain(world, 2)
    grade = moved(world, weigh(world, world.people[4], "basically_qualified"), "propose")
    assert not Grade.objects.visible_to(fresh(world.member)).exists()
    grade = said(world, grade, "met", "Talked with him", actor=world.secretary)
    assert (grade.state, grade.met_on, grade.first) == ("met", TODAY(), "basically_qualified")
    assert Grade.objects.visible_to(fresh(world.member)).get() == grade, "he is told to his face"
    assert weigh(world, world.people[4], "qualified").level == "qualified"
    grade = moved(world, grade, "decide")
    assert not Grade.objects.visible_to(fresh(world.member)).exists(), "until it is fed back in writing"
    with pytest.raises(MoveNotAllowed):
        moving.move(grade, "feed_back", actor=fresh(world.secretary))
    grade = moved(world, grade, "submit")
    assert grade.submitted_on == TODAY() and grade.answer_by > TODAY()
    grade = moved(world, grade, "approve", actor=world.officer)
    grade = said(world, moved(world, grade, "feed_back"), "agreed")
    assert (grade.state, grade.first, grade.level) == ("agreed", "basically_qualified", "qualified")
    with pytest.raises(MoveNotAllowed):
        moving.move(grade, "report", actor=fresh(world.secretary))


def test_chain_c_wants_the_vote_of_the_assembly(world):
    chain(world, 3)
    grade = moved(world, weigh(world, world.people[4]), "propose")
    grade = said(world, grade, "met", "Talked with him", actor=world.secretary)
    with pytest.raises(MoveNotAllowed):
        moving.move(grade, "decide", actor=fresh(world.secretary))
    saying.vote([grade], CARRIED, TODAY() - timedelta(1), actor=fresh(world.secretary), minute="7")
    grade = again(grade)
    assert (grade.state, grade.decided_on) == ("decided", TODAY() - timedelta(1))
    vote = AssemblyVote.objects.get(grade=grade)
    assert (vote.due, vote.present, vote.yes, vote.no, vote.abstain, vote.minute) == (5, 4, 3, 1, 0, "7")
    grade = moved(world, moved(world, grade, "submit"), "give_back", actor=world.officer)
    with pytest.raises(MoveNotAllowed):
        moving.move(grade, "decide", actor=fresh(world.secretary))
    saying.vote([grade], CARRIED, TODAY(), actor=fresh(world.secretary))
    assert AssemblyVote.objects.filter(grade=grade).count() == 2


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (Numbers(6, 2, 2, 0, 0), "R02"),  # fewer than half were there
        (Numbers(6, 3, 3, 0, 0), "未通过"),  # half of those due is not more than half
        (Numbers(5, 4, 3, 0, 0), "4"),  # sums differ
        (Numbers(3, 4, 4, 0, 0), "3"),  # more came than were due
    ],
)
def test_a_vote_that_decides_nothing_is_refused(world, numbers, why):
    chain(world, 3)
    grade = moved(world, weigh(world, world.people[4]), "propose")
    grade = said(world, grade, "met", "Talked", actor=world.secretary)
    with pytest.raises(ValidationError, match=why):
        saying.vote([grade], numbers, TODAY(), actor=fresh(world.secretary))
    assert again(grade).state == "met" and not AssemblyVote.objects.exists()


def test_a_vote_of_tomorrow_or_on_nobody_is_refused(world):
    chain(world, 3)
    grade = moved(world, weigh(world, world.people[4]), "propose")
    grade = said(world, grade, "met", "Talked", actor=world.secretary)
    for grades, day in (([grade], TODAY() + timedelta(1)), ([], TODAY())):
        with pytest.raises(ValidationError):
            saying.vote(grades, CARRIED, day, actor=fresh(world.secretary))
    with pytest.raises(PermissionDenied):
        saying.vote([grade], CARRIED, TODAY(), actor=fresh(world.clerk))
    draft = weigh(world, world.people[3])
    with pytest.raises(MoveNotAllowed):
        saying.vote([again(grade), draft], CARRIED, TODAY(), actor=fresh(world.secretary))


APPROVAL = {
    # chain: approval: the grades that wait for the superior
    ("simple", "record"): "",
    ("simple", "extremes"): "excellent unqualified",
    ("simple", "all"): "excellent qualified basically_qualified unqualified",
    **{(chain, held): "excellent qualified basically_qualified unqualified" for chain in ("meeting", "voted")
       for held in ("record", "extremes", "all")},
}  # fmt: skip


@pytest.mark.parametrize("held", APPROVAL)
def test_which_grades_wait_for_the_superior(held):
    levels = ["excellent", "qualified", "basically_qualified", "unqualified"]
    for body in ("committee", "assembly"):
        assert [level for level in levels if wants_approval(*held, body, level)] == APPROVAL[held].split()
    assert not any(wants_approval(*held, "superior", level) for level in levels)


def test_an_excellent_one_waits_where_the_rule_says_so(world):
    chain(world, 1, approval=2)
    best, other = decided(world, world.people[4], "excellent"), decided(world, world.people[3])
    with pytest.raises(MoveNotAllowed):
        moving.move(best, "feed_back", actor=fresh(world.secretary))
    assert moved(world, other, "feed_back").state == "fed_back"
    best = moved(world, best, "submit")
    for who in (world.secretary, world.supervisor, world.liaison, world.stranger):
        with pytest.raises(PermissionDenied):
            moving.move(again(best), "approve", actor=fresh(who))
    best = moved(world, best, "approve", actor=world.officer)
    assert moved(world, best, "feed_back").state == "fed_back"


def test_a_rule_set_later_changes_no_grade_that_was_begun(world):
    grade = weigh(world, world.people[4])
    chain(world, 3)
    assert again(grade).chain == "simple"
    assert weigh(world, world.people[3]).chain == "voted"


def test_the_superior_is_late_after_his_working_days_and_never_the_branch(world):
    chain(world, 1, approval=3, days=2)
    grade = moved(world, decided(world, world.people[4]), "submit")
    assert not grade.is_late_above(grade.answer_by)
    assert grade.is_late_above(grade.answer_by + timedelta(1))
    assert 2 <= (grade.answer_by - TODAY()).days <= 4  # over a weekend at most
    assert not moved(world, grade, "withdraw").is_late_above(TODAY() + timedelta(99))


def test_a_quota_set_to_block_stops_the_decision(world):
    quota(world, "block", of=5)
    first = moved(world, weigh(world, world.people[4], "excellent"), "decide")
    second = weigh(world, world.people[3], "excellent")
    with pytest.raises(ValidationError, match="R10"):
        moving.move(second, "decide", actor=fresh(world.secretary))
    assert (again(first).state, again(second).state) == ("decided", "draft")
    weigh(world, world.people[3], "qualified")
    assert moved(world, second, "decide").state == "decided"


def test_a_quota_as_shipped_only_reminds(world):
    for person in world.people[1:4]:
        assert decided(world, person, "excellent").state == "decided"


def test_many_at_once_in_as_many_statements(world, django_assert_num_queries):
    for person in world.people[1:5]:
        weigh(world, person)
    with pytest.raises(ValidationError):
        weigh(world, world.people[1], "unqualified", reason="")
        moving.move_many(grading(world), _drafts(), "decide", actor=fresh(world.secretary))
    weigh(world, world.people[1], "qualified")
    moved_ = moving.move_many(grading(world), _drafts(), "decide", actor=fresh(world.secretary))
    assert len(moved_) == 4
    assert moving.move_many(grading(world), _drafts(), "decide", actor=fresh(world.secretary)) == []
    assert number(world, "grades.decided") == 4
    told = moving.move_many(grading(world), list(_rows()), "feed_back", actor=fresh(world.clerk))
    assert told == [], "without a right nobody is moved"


def _rows():
    return Grade.objects.select_related("entry__member", "entry__organisation", "entry__round")


def _drafts():
    return list(_rows().order_by("pk"))


def test_what_was_said_stands_in_no_history(world):
    grade = said(world, fed_back(world, world.people[4]), "objected", "OBJECTION-WORDS")
    assert GradeWord.objects.get(grade=grade).text == "OBJECTION-WORDS"
    assert not any("OBJECTION" in note for note in History.objects.of(grade).values_list("note", flat=True))
