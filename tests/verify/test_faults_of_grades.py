"""Each check of verify over grades is seen to find the fault it is for."""

from appraisals.models import AssemblyVote, DisposalFile, Grade, GradeText, GradeWord, Grading
from tests.appraisals.grades.rows import entry, fed_back, grading, put, said, weigh
from tests.verify.planting import found, plant, unguarded
from workflow.models import History


def test_fault_grades_full_members(world):
    grade = weigh(world, world.people[4])
    plant("UPDATE appraisals_rosterentry SET category = 'probationary' WHERE id = %s", grade.entry_id,
          tables=["appraisals_rosterentry"])  # fmt: skip
    assert found("grades.full_members") == {"grades.full_members": (f"appraisals.grade:{grade.pk}",)}


def test_fault_grades_guarded(world):
    assert found("grades.guarded") == {}
    with unguarded("appraisals_grade", "appraisals_rosterentry"):
        names = found("grades.guarded")["grades.guarded"]
    assert names == tuple(f"grade_of_full_members_{verb}" for verb in ("insert", "update", "roster"))


def test_fault_grades_low_with_reason(world):
    grade = put(weigh(world, world.people[4], "unqualified"), "decided")
    assert found("grades.low_with_reason") == {}
    GradeText.objects.update(reason="")
    assert found("grades.low_with_reason") == {"grades.low_with_reason": (f"appraisals.grade:{grade.pk}",)}
    GradeText.objects.update(reason="Words", measure="")
    assert found("grades.low_with_reason")


def test_fault_grades_voted(world):
    grade = put(weigh(world, world.people[4]), "decided", chain="voted")
    assert found("grades.voted") == {"grades.voted": (f"appraisals.grade:{grade.pk}",)}
    told = {"held_on": world.round.roster_on, "due": 5, "present": 4, "yes": 3, "no": 1, "abstain": 0}
    AssemblyVote.objects.create(grade=grade, **told)
    assert found("grades.voted") == {}


def test_fault_grades_answered(world):
    grade = said(world, fed_back(world, world.people[4]), "objected")
    assert found("grades.answered") == {}
    for state, missing in (("answered", True), ("concluded", True), ("objected", False)):
        put(grade, state)
        assert bool(found("grades.answered")) == missing
    GradeWord.objects.all().delete()
    assert found("grades.answered") == {"grades.answered": (f"appraisals.grade:{grade.pk}",)}


def test_fault_grades_announced(world):
    here = grading(world)
    Grading.objects.filter(pk=here.pk).update(
        excellent=1, names=["One"], announced_on=world.round.roster_on, state="announced"
    )
    History.objects.create(
        move="announce", actor_key="x", subject_key=f"appraisals.grading:{here.pk}", target="announced"
    )
    assert found("grades.announced") == {}
    Grading.objects.filter(pk=here.pk).update(names=["One", "Two"])
    assert found("grades.announced") == {"grades.announced": (f"appraisals.grading:{here.pk}",)}
    Grading.objects.filter(pk=here.pk).update(state="open", names=[], excellent=0)
    assert found("grades.announced"), "a day stays behind"


def test_fault_grades_files_of_unqualified(world):
    grade = weigh(world, world.people[4], "")
    told = {"committee": world.county, "informed": "Chen", "informed_on": world.round.roster_on}
    DisposalFile.objects.create(grade=grade, **told)
    assert list(found("grades.files_of_unqualified")) == ["grades.files_of_unqualified"]


def test_fault_grades_every_branch(world):
    assert found("grades.every_branch") == {}
    Grading.objects.filter(organisation=world.first).delete()
    assert found("grades.every_branch") == {
        "grades.every_branch": (f"appraisals.round:{world.round.pk} branches.organisation:{world.first.pk}",)
    }


def test_nothing_is_found_where_all_is_sound(world):
    fed_back(world, world.people[4], "unqualified")
    assert Grade.objects.filter(entry=entry(world, world.people[4])).exists()
    names = ("full_members", "guarded", "low_with_reason", "voted", "answered", "announced", "files_of_unqualified",
             "every_branch")  # fmt: skip
    assert found(*(f"grades.{name}" for name in names)) == {}
