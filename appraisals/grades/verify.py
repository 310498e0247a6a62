"""What must hold of grades, their words and what was announced: `manage.py verify`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from appraisals.grades.chains import LOW, Chain, Level
from appraisals.grades.models import AssemblyVote, DisposalFile, Grade, GradeText, GradeWord, Grading
from appraisals.grades.models.words import WordKind
from appraisals.grades.states import GRADED, GradeState, GradingState
from appraisals.models import RosterEntry
from branches.models.members import Category
from workflow.checking import check, triggers


@check("grades.full_members", _("Only full members have a grade (R11)"))
def full_members() -> Iterable[Any]:
    return Grade.objects.exclude(entry__category=Category.FORMAL)


@check("grades.guarded", _("The database refuses a grade of a probationary member: its triggers are in force"))
def guarded() -> Iterable[str]:
    names = {"appraisals_grade": ("insert", "update"), "appraisals_rosterentry": ("roster",)}
    for table, verbs in names.items():
        yield from sorted({f"grade_of_full_members_{verb}" for verb in verbs} - triggers(table))


@check("grades.low_with_reason", _("A low grade that stands has a reason and says how the person is helped (R14)"))
def low_with_reason() -> Iterable[Any]:
    worded = GradeText.objects.filter(grade=OuterRef("pk")).exclude(reason="").exclude(measure="")
    return Grade.objects.filter(~Exists(worded), level__in=LOW, state__in=GRADED)


@check("grades.voted", _("A grade of chain C that stands was carried by the assembly"))
def voted() -> Iterable[Any]:
    carried = AssemblyVote.objects.filter(grade=OuterRef("pk"))
    return Grade.objects.filter(~Exists(carried), chain=Chain.VOTED, state__in=GRADED)


@check("grades.answered", _("An objection that is answered has its words and those of the answer"))
def answered() -> Iterable[Any]:
    said = {
        GradeState.OBJECTED: (WordKind.OBJECTED,),
        GradeState.ANSWERED: (WordKind.OBJECTED, WordKind.ANSWERED),
        GradeState.CONCLUDED: (WordKind.OBJECTED, WordKind.CONCLUDED),
    }
    wrong = Q(pk__in=[])
    for state, kinds in said.items():
        for kind in kinds:
            wrong |= Q(~Exists(GradeWord.objects.filter(grade=OuterRef("pk"), kind=kind)), state=state)
    return Grade.objects.filter(wrong)


@check(
    "grades.announced", _("What is announced names as many excellent members as it counts; retracted, nothing stands")
)
def announced() -> Iterable[str]:
    told = Grading.objects.announced().order_by("pk").values_list("pk", "names", "excellent").iterator()
    yield from (f"appraisals.grading:{key}" for key, names, number in told if len(names) != number)
    none = {level.value: 0 for level in Level}
    left = Grading.objects.filter(state=GradingState.OPEN).exclude(announced_on=None, names=[], **none)
    yield from (f"appraisals.grading:{key}" for key in left.order_by("pk").values_list("pk", flat=True))


@check("grades.files_of_unqualified", _("A disposal file stands beside a grade that was given"))
def files_of_unqualified() -> Iterable[Any]:
    return DisposalFile.objects.filter(grade__level="").exclude(state="void")


@check("grades.every_branch", _("Every branch of a roster has a grading"))
def every_branch() -> Iterable[str]:
    has = Grading.objects.filter(round=OuterRef("round"), organisation=OuterRef("organisation"))
    rows = RosterEntry.objects.filter(~Exists(has)).order_by().values_list("round", "organisation").distinct()
    yield from (f"appraisals.round:{key} branches.organisation:{place}" for key, place in rows)
