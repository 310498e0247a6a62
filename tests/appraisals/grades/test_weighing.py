"""Writing grades down: who is graded (R11), what a low grade wants (R14), nobody his own, two who write at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from appraisals import actions as appraisals
from appraisals.grades.actions import moving, weighing
from appraisals.grades.actions.weighing import Behind, Weighed
from appraisals.models import Grade, GradeText, RosterEntry
from appraisals.rounds.actions import roster
from tests.appraisals.grades.rows import again, chain, entry, fresh, grading, moved, weigh
from tests.cast import enrol
from workflow.models import History
from workflow.moves import MoveNotAllowed


@pytest.fixture
def probationer(world):
    """On the roster as 预备党员, as if he had been there on its day."""
    person = enrol("预备同志", world.first, category="probationary")
    return RosterEntry.objects.create(
        round=world.round, member=person, organisation=world.first, category="probationary"
    )


def test_a_grade_is_written_and_told_without_its_level(world):
    grade = weigh(world, world.people[4], "unqualified")
    assert (grade.level, grade.state, grade.version, grade.body) == ("unqualified", "draft", 1, "committee")
    assert (grade.chain, grade.approval) == ("simple", "record")
    told = History.objects.of(grade).get()
    assert (told.move, told.target, told.note, told.subject_label) == ("weigh", "draft", "", "戊同志")
    text = GradeText.objects.get(grade=grade)
    assert (text.opinion, text.reason, text.measure, text.peers) == ("OPINION-WORDS", "REASON-WORDS", "HELP-WORDS", "")
    later = weigh(world, world.people[4], "qualified", reason="", peers="PEERS")
    assert (later.level, later.version) == ("qualified", 2)
    assert GradeText.objects.get(grade=grade).peers == "PEERS"
    assert list(History.objects.of(grade).values_list("move", "target")) == [("weigh", "draft"), ("weigh", "")]


def test_a_probationary_member_has_no_grade_whoever_writes_it(world, probationer):
    with pytest.raises(ValidationError, match="预备同志"):
        weighing.weigh(grading(world), [Weighed(probationer.pk, "qualified")], actor=world.secretary)
    with pytest.raises(IntegrityError, match="grade_of_full_members_insert"), transaction.atomic():
        Grade.objects.create(entry=probationer, level="qualified", chain="simple", approval="record", body="committee")
    grade = weigh(world, world.people[4])
    with pytest.raises(IntegrityError, match="grade_of_full_members_update"), transaction.atomic():
        Grade.objects.filter(pk=grade.pk).update(entry=probationer)
    with pytest.raises(IntegrityError, match="grade_of_full_members_roster"), transaction.atomic():
        RosterEntry.objects.filter(pk=grade.entry_id).update(category="probationary")


def test_a_member_has_one_grade_in_a_round(world):
    """A mobile member too: his entry is one, wherever he takes part."""
    grade = weigh(world, world.people[4])
    with pytest.raises(IntegrityError), transaction.atomic():
        Grade.objects.create(entry=grade.entry, chain="simple", approval="record", body="committee")
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterEntry.objects.create(
            round=world.round, member=world.people[4], organisation=world.second, category="formal"
        )


@pytest.mark.parametrize("level", ["basically_qualified", "unqualified"])
@pytest.mark.parametrize("words", [{"reason": " "}, {"measure": ""}, {"reason": "", "measure": ""}])
def test_a_low_grade_stands_only_with_reason_and_help(world, level, words):
    grade = weigh(world, world.people[4], level, **words)
    with pytest.raises(ValidationError, match="戊同志.*R14"):
        moving.move(grade, "decide", actor=world.secretary)
    assert again(grade).state == "draft"
    weigh(world, world.people[4], level)
    assert moved(world, grade, "decide").state == "decided"


def test_the_first_opinion_wants_them_as_well(world):
    chain(world, 2)
    grade = weigh(world, world.people[4], "unqualified", reason="")
    with pytest.raises(ValidationError, match="R14"):
        moving.move(grade, "propose", actor=world.secretary)


def test_a_better_grade_wants_no_words_but_a_grade(world):
    grade = weigh(world, world.people[4], "", opinion="", reason="", measure="")
    with pytest.raises(ValidationError, match="戊同志"):
        moving.move(grade, "decide", actor=world.secretary)
    weigh(world, world.people[4], "excellent", opinion="", reason="", measure="")
    assert moved(world, grade, "decide").state == "decided"


def test_nobody_writes_or_decides_his_own(world):
    own = world.people[0]
    with pytest.raises(PermissionDenied):
        weigh(world, own)
    grade = weigh(world, own, actor=world.committee_member)
    for name in ("decide", "propose"):
        with pytest.raises(PermissionDenied):
            moving.move(again(grade), name, actor=fresh(world.secretary))
    assert not Grade.objects.visible_to(fresh(world.secretary)).exists(), "not even to look at before he is told"
    assert moved(world, grade, "decide", actor=world.committee_member).state == "decided"


def test_of_many_all_or_none_are_written(world):
    rows = [Weighed(entry(world, person).pk, "qualified") for person in world.people[:3]]
    with pytest.raises(PermissionDenied):
        weighing.weigh(grading(world), rows, actor=world.secretary)
    assert not Grade.objects.exists()


@pytest.mark.parametrize(
    "who", ["clerk", "member", "group_leader", "liaison", "supervisor", "officer", "sibling", "stranger"]
)
def test_others_write_none(world, who):
    with pytest.raises(PermissionDenied):
        weigh(world, world.people[4], actor=getattr(world, who))


def test_without_a_committee_the_assembly_grades_and_the_superior_grades_the_secretary(world):
    secretary, other = world.siblings
    grade = weigh(world, other, actor=world.sibling, branch=world.second)
    assert grade.body == "assembly"
    with pytest.raises(PermissionDenied):
        weigh(world, secretary, actor=world.sibling, branch=world.second)
    grade = weigh(world, secretary, actor=world.officer, branch=world.second)
    assert grade.body == "superior" and not grade.wants_approval
    with pytest.raises(PermissionDenied):
        moving.move(grade, "decide", actor=fresh(world.supervisor))
    assert moved(world, grade, "decide", "feed_back", actor=world.officer).state == "fed_back"


def test_the_superior_enters_for_a_branch_on_paper_only(world):
    with pytest.raises(PermissionDenied):
        weigh(world, world.people[4], actor=world.officer)
    world.first.mode = "paper"
    world.first.save()
    grade = weigh(world, world.people[4], actor=world.officer)
    assert History.objects.of(grade).get().entered_for == str(world.first)
    assert moved(world, grade, "decide", actor=world.officer).state == "decided"


def test_two_who_write_at_once_both_keep_their_words(world):
    grade = weigh(world, world.people[4])
    with pytest.raises(Behind) as behind:
        weighing.weigh(grading(world), [Weighed(grade.entry_id, "excellent", seen=0)], actor=world.secretary)
    assert behind.value.entries == [grade.entry_id]
    assert again(grade).level == "qualified"


def test_what_is_decided_is_not_written_over(world):
    grade = moved(world, weigh(world, world.people[4]), "decide")
    with pytest.raises(MoveNotAllowed):
        weigh(world, world.people[4], "excellent")
    assert moved(world, grade, "reopen").state == "draft"
    assert again(grade).decided_on is None
    assert weigh(world, world.people[4], "excellent").level == "excellent"


def test_whoever_is_not_appraised_any_more_is_not_graded(world):
    row = entry(world, world.people[4])
    roster.note_event(row, "excused", actor=world.secretary, happened_on=world.round.roster_on, note="Abroad")
    with pytest.raises(ValidationError):
        weigh(world, world.people[4])


def test_nothing_is_written_in_a_round_that_is_over(world):
    appraisals.move_round(world.round, "close", actor=world.officer)
    with pytest.raises(MoveNotAllowed):
        weigh(world, world.people[4])
