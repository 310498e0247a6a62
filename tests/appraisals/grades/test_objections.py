"""Shown to the member, agreed or objected in words, on his own screen or by a helper; an objection travels and ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.grades.actions import moving, saying
from appraisals.grades.steps import may_say
from appraisals.models import Grade, GradeWord
from tests.appraisals.grades.rows import again, chain, decided, fed_back, fresh, moved, said, weigh
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

KINDS = ("kind", "text", "source", "entered_by__username")


def test_an_objection_goes_to_the_branch_then_to_the_superior_and_ends(world):
    grade = fed_back(world, world.people[4], "basically_qualified")
    grade = said(world, grade, "objected", "Not so")
    assert grade.state == "objected"
    grade = said(world, grade, "answered", "It is so, for", actor=world.secretary)
    assert grade.state == "answered"
    grade = said(world, grade, "appealed", "I am not content")
    assert grade.state == "appealed" and grade.answer_by > timezone.localdate()
    for who in (world.secretary, world.supervisor, world.member, world.stranger):
        with pytest.raises(PermissionDenied):
            said(world, grade, "concluded", "No", actor=who)
    grade = said(world, grade, "concluded", "The branch is right", actor=world.officer)
    assert grade.state == "concluded"
    assert list(GradeWord.objects.values_list(*KINDS)) == [
        ("objected", "Not so", "typed", None), ("answered", "It is so, for", "typed", None),
        ("appealed", "I am not content", "typed", None), ("concluded", "The branch is right", "typed", None),
    ]  # fmt: skip
    assert Grade.objects.visible_to(fresh(world.member)).get() == grade
    assert GradeWord.objects.visible_to(fresh(world.member)).count() == 4


def test_after_an_objection_the_branch_may_weigh_anew(world):
    grade = said(world, fed_back(world, world.people[4], "basically_qualified"), "objected", "Not so")
    with pytest.raises(NoteRequired):
        moving.move(grade, "reconsider", actor=fresh(world.secretary))
    grade = moved(world, grade, "reconsider")
    assert (grade.state, grade.fed_back_on, grade.decided_on) == ("draft", None, None)
    weigh(world, world.people[4], "qualified")
    grade = moved(world, grade, "decide", "feed_back")
    assert said(world, grade, "agreed", "").level == "qualified"


def test_the_superior_may_send_it_down(world):
    grade = said(world, fed_back(world, world.people[4]), "objected", "Not so")
    grade = moved(world, grade, "pass_up")
    assert grade.state == "appealed"
    assert moved(world, grade, "send_down", actor=world.officer).state == "draft"


def test_an_objection_to_the_superior_s_own_grade_goes_to_him_at_once(world):
    grade = weigh(world, world.siblings[0], actor=world.officer, branch=world.second)
    grade = moved(world, grade, "decide", "feed_back", actor=world.officer)
    assert said(world, grade, "objected", "Not so", actor=world.sibling).state == "appealed"


def test_words_are_wanted_where_somebody_objects_or_answers(world):
    grade = fed_back(world, world.people[4])
    with pytest.raises(ValidationError):
        said(world, grade, "objected", " ")
    grade = said(world, grade, "objected", "Not so")
    with pytest.raises(ValidationError):
        said(world, grade, "answered", "", actor=world.secretary)
    assert again(grade).state == "objected"


def test_nobody_speaks_for_himself_out_of_turn(world):
    grade = decided(world, world.people[4])
    with pytest.raises(MoveNotAllowed):
        said(world, grade, "agreed", "")
    with pytest.raises(PermissionDenied):
        said(world, fed_back(world, world.people[3]), "agreed", "", actor=world.member)


def test_a_helper_enters_what_was_written_on_paper_and_the_member_confirms_it(world):
    grade = fed_back(world, world.people[4])
    with pytest.raises(ValidationError):
        said(world, grade, "agreed", "", actor=world.secretary)  # he says not where he has it from
    yesterday = timezone.localdate() - timedelta(1)
    grade = said(world, grade, "objected", "On paper", actor=world.secretary, source="paper", said_on=yesterday)
    word = GradeWord.objects.get()
    assert (word.source, word.entered_by.username, word.said_on, word.awaits_confirmation) == (
        "paper", "secretary", yesterday, True,
    )  # fmt: skip
    assert History.objects.of(grade).last().entered_for == "戊同志"
    with pytest.raises(PermissionDenied):
        saying.confirm(word, "screen", actor=fresh(world.secretary))
    with pytest.raises(PermissionDenied):
        saying.confirm(word, "print", actor=fresh(world.clerk))
    saying.confirm(word, "screen", actor=fresh(world.member))
    word.refresh_from_db()
    assert (word.confirmed_on, word.confirmed_how) == (timezone.localdate(), "screen")
    with pytest.raises(MoveNotAllowed):
        saying.confirm(word, "print", actor=fresh(world.secretary))


def test_a_signed_paper_confirms_as_well(world):
    grade = fed_back(world, world.people[4])
    said(world, grade, "agreed", "", actor=world.secretary, source="spoken")
    word = GradeWord.objects.get()
    saying.confirm(word, "print", actor=fresh(world.secretary))
    word.refresh_from_db()
    assert word.confirmed_how == "print" and not word.awaits_confirmation


def test_what_one_said_oneself_needs_no_confirmation(world):
    said(world, fed_back(world, world.people[4]), "agreed", "Yes")
    word = GradeWord.objects.get()
    assert not word.awaits_confirmation
    with pytest.raises(MoveNotAllowed):
        saying.confirm(word, "screen", actor=fresh(world.member))


def test_silence_is_noted_and_can_still_be_broken(world):
    grade = fed_back(world, world.people[4])
    with pytest.raises(NoteRequired):
        moving.move(grade, "no_word", actor=fresh(world.secretary))
    grade = moved(world, grade, "no_word")
    assert grade.state == "unspoken"
    assert said(world, grade, "objected", "After all").state == "objected"
    assert moved(world, fed_back(world, world.people[3]), "no_word", "report").state == "reported"


def test_a_day_to_come_is_refused(world):
    grade = fed_back(world, world.people[4])
    with pytest.raises(ValidationError):
        said(world, grade, "agreed", "", said_on=timezone.localdate() + timedelta(1))


def test_who_may_write_what_down_now(world):
    chain(world, 2)
    grade = moved(world, weigh(world, world.people[4]), "propose")
    who = (world.secretary, world.member, world.officer, world.clerk)

    def kinds(grade):
        return [[kind.value for kind in may_say(grade, fresh(user))] for user in who]

    assert kinds(grade) == [["met"], [], [], []]
    grade = said(world, grade, "met", "Talked", actor=world.secretary)
    grade = moved(world, moved(world, grade, "decide", "submit"), "approve", actor=world.officer)
    assert kinds(grade) == [[], [], [], []]
    grade = moved(world, grade, "feed_back")
    assert kinds(grade) == [["agreed", "objected"], ["agreed", "objected"], [], []]
    grade = said(world, grade, "objected", "Not so")
    assert kinds(grade) == [["answered"], [], [], []]
    grade = said(world, grade, "answered", "So", actor=world.secretary)
    assert kinds(grade) == [["appealed"], ["appealed"], [], []]
    grade = said(world, grade, "appealed", "No")
    assert kinds(grade) == [[], [], ["concluded"], []]
