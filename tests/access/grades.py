"""What the access tables know of grades: 戊同志 (mem) was told of a low one, the clerk's is being weighed, the committee
member's goes the way of chain B; in the second branch, which has no committee, everybody was told and it is announced."""

from appraisals.grades.actions import announcing, disposals
from appraisals.grades.steps import MOVES
from appraisals.models import (
    AssemblyVote,
    DisposalFile,
    DisposalNote,
    Grade,
    GradeText,
    GradeWord,
    Grading,
    RosterEntry,
)
from branches.actions.rules import override_rule
from tests.appraisals.grades.rows import again, chain, entry, fed_back, fresh, grading, said, weigh
from workflow.actions import record

LOW = {"opinion": "OPINION-OF-GRADE", "reason": "REASON-OF-GRADE", "measure": "HELP-OF-GRADE"}


def on_stage(stage):
    cast = stage.cast
    own = fed_back(cast, cast.people[4], "unqualified", **LOW)
    draft = weigh(cast, cast.people[2], "qualified", opinion="", reason="", measure="")
    helped = said(
        cast, fed_back(cast, cast.people[3]), "agreed", "ENTERED-OF-GRADE", actor=cast.secretary, source="paper"
    )
    second = {"branch": cast.second}
    fed_back(cast, cast.siblings[1], "excellent", actor=cast.sibling, **second)
    top = fed_back(cast, cast.siblings[0], actor=cast.officer, **second)
    announcing.move_grading(grading(cast, cast.second), "announce", actor=fresh(cast.sibling))
    chain(cast, 2)
    met = weigh(cast, cast.people[1])
    Grade.objects.filter(fed_back_on=None).update(fed_back_on=stage.today)  # the tables put each into any state
    rows = {"grade": own, "grade_draft": draft, "grade_met": met, "grade_top": top, "grade_helped": helped}
    override_rule(
        cast.county, 2026, "F27-1", actor=fresh(cast.officer), severity="remind", parameters={}, reason="Notice"
    )
    file = disposals.open_file(
        again(own), actor=fresh(cast.secretary), informed="INFORMED-WORDS", informed_on=stage.today
    )
    disposals.note(file, "NOTE-OF-FILE", stage.today, actor=fresh(cast.secretary))
    stage.moving["disposal"] = file
    stage.moving |= {label: again(grade) for label, grade in rows.items()}
    stage.moving["grading_told"] = grading(cast, cast.second)
    return {label: grade.pk for label, grade in rows.items()} | {
        "grading": grading(cast).pk, "grading_told": grading(cast, cast.second).pk,
        "disposal": file.pk, "grade_word": GradeWord.objects.get(grade=helped).pk,
    }  # fmt: skip


def posts(stage):
    """What valid forms send."""
    key = entry(stage.cast, stage.cast.people[2]).pk
    numbers = {"held_on": stage.today.isoformat(), "due": 5, "present": 5, "yes": 5, "no": 0, "abstain": 0}
    return {
        "grading_edit": {f"level{key}": "excellent", f"seen{key}": "1"},
        "grading_batch": {"selected": stage.objects["grade_draft"]},
        "grading_vote": numbers,
        "grading_move": stage.MOVE,
        "grade_move": stage.MOVE,
        "grade_say": {"text": "Because", "said_on": stage.today.isoformat(), "source": "paper"},
        "grade_confirm": {},
        "disposal_create": {"informed": "Chen", "informed_on": stage.today.isoformat()},
        "disposal_change": {"way": "limited", "due_on": ""},
        "disposal_note": {"noted_on": stage.today.isoformat(), "text": "More"},
        "disposal_move": stage.MOVE,
    }


def moved_by(stage, grade, move):
    """(address, data) of the page that makes a move with words of its own; None for one with a button."""
    kind = next((kind for kind, name in MOVES.items() if name == move), None)
    return kind and (stage.address_of("grade_say", grade.pk, kind.value), stage.data["grade_say"])


def fill(cast, many):
    """`many` more gradings of other rounds; a grade for each entry that has none, and more words of each."""
    gradings = Grading.objects.filter(round=cast.round)
    for round_ in type(cast.round).objects.exclude(gradings__organisation=cast.first)[:many]:
        Grading.objects.create(round=round_, organisation=cast.first)
    entries = RosterEntry.objects.filter(round=cast.round, organisation=cast.first, graded_as=None, category="formal")
    facts = {"level": "qualified", "chain": "simple", "approval": "record", "body": "committee"}
    Grade.objects.bulk_create(Grade(entry=one, state="draft", **facts) for one in entries)
    for grade in Grade.objects.filter(worded=None):
        GradeText.objects.create(grade=grade, opinion="More")
    own = Grade.objects.get(entry__member=cast.people[4], entry__round=cast.round)
    day = cast.round.roster_on
    told = {"held_on": day, "due": 5, "present": 4, "yes": 3, "no": 1, "abstain": 0}
    for _ in range(many):
        for file in DisposalFile.objects.all():
            DisposalNote.objects.create(file=file, noted_on=day, text="More")
            record(file, "note_disposal", actor=cast.secretary, note="More")
        GradeWord.objects.create(grade=own, kind="objected", text="More", said_on=day, source="paper",
                                 entered_by=cast.secretary)  # fmt: skip
        AssemblyVote.objects.create(grade=own, **told)
        for subject in (own, gradings.get(organisation=cast.first)):
            record(subject, "reopen", actor=cast.secretary, organisation=cast.first, note="More")
