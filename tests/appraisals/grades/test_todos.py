"""What waits for whom, and what a member is told: no line and no notice names a grade."""

import pytest
from django.utils import timezone

from appraisals.models import Grade, Progress, Requirement
from reminders import todos
from reminders.actions import notices
from reminders.models import Notice
from tests.appraisals.grades.rows import chain, decided, fed_back, fresh, moved, said, weigh
from tests.appraisals.grades.test_announcing import all_told

MINE = ("grade_fill", "grade_say", "grade_mend", "grade_settle")
WORDS = ("优秀", "合格")


def waiting(user):
    """The codes of what waits for this person, with every line in words."""
    found = {section.todo.code: section for section in todos.sections(fresh(user), 9)}
    lines = [f"{item.text} {item.waits_for}" for code in MINE if code in found for item, _sign in found[code].lines]
    assert not any(word in line for word in WORDS for line in lines)
    return {code: found[code].count for code in MINE if code in found}


@pytest.fixture
def asking(world):
    """The first branch is in a stage that asks for grades."""
    progress = Progress.objects.filter(round=world.round, organisation=world.first, stage__position=1).get()
    Requirement.objects.create(stage=progress.stage, metric="grades.decided", value=1)
    return progress


def test_the_committee_grades_in_the_stage_that_asks_for_it(world, asking):
    assert waiting(world.secretary) == waiting(world.committee_member) == {"grade_fill": 1}
    assert waiting(world.clerk) == waiting(world.member) == waiting(world.officer) == {}
    all_told(world)
    assert "grade_fill" not in waiting(world.secretary)


def test_no_stage_asks_for_it_no_line_stands(world):
    weigh(world, world.people[4])
    assert waiting(world.secretary) == {}


def test_the_member_says_a_word(world):
    fed_back(world, world.people[4])
    assert waiting(world.member) == {"grade_say": 1}
    said(world, Grade.objects.get(), "objected", "Not so")
    assert waiting(world.member) == {}
    assert waiting(world.secretary) == {"grade_mend": 1}


def test_the_superior_agrees_and_answers(world):
    chain(world, 1, approval=3)
    grade = moved(world, decided(world, world.people[4]), "submit")
    assert waiting(world.officer) == {"grade_settle": 1}
    assert waiting(world.supervisor) == waiting(world.stranger) == {}
    moved(world, grade, "give_back", actor=world.officer)
    assert (waiting(world.officer), waiting(world.secretary)) == ({}, {"grade_mend": 1})


def test_the_secretary_of_a_branch_without_a_committee_waits_for_the_superior(world):
    weigh(world, world.siblings[1], actor=world.sibling, branch=world.second)
    left = Grade.objects.get(entry__member=world.siblings[0])
    assert (left.body, left.state, left.level) == ("superior", "draft", "")
    assert waiting(world.officer) == {"grade_settle": 1}
    grade = weigh(world, world.siblings[0], actor=world.officer, branch=world.second)
    assert grade.pk == left.pk
    moved(world, grade, "decide", "feed_back", actor=world.officer)
    assert waiting(world.officer) == {}


def test_what_one_is_told(world):
    grade = fed_back(world, world.people[4], "unqualified")
    notices.scan(timezone.localdate())
    notice = Notice.objects.get(rule="grade_told")
    assert notice.recipient == world.people[4]
    said(world, said(world, grade, "objected", "No"), "answered", "Yes", actor=world.secretary)
    notices.scan(timezone.localdate())
    assert Notice.objects.filter(rule="grade_answered", recipient=world.people[4]).count() == 1
    for notice in Notice.objects.filter(rule__startswith="grade_"):
        assert not any(word in notice.words for word in WORDS)
