"""Grades of a big world: every branch of a round has its grading; one in ten has graded its members, one of them low
with his reason. One has objected, one is decided; some have a disposal file."""

from collections.abc import Iterator

from appraisals.grades.chains import Approval, Body, Chain, Level
from appraisals.grades.models.words import WordKind
from appraisals.grades.states import GradeState
from appraisals.models import AssemblyVote, DisposalFile, DisposalNote, Grade, GradeText, GradeWord, Grading
from workflow.models import History
from world.load.opinions import of_rounds
from world.load.plan import Branch
from world.load.registry import Load, fills
from world.load.work import COLUMNS, SYSTEM

EVERY, FILED = 10, 10  # branches; and of those that have graded


def _graded(load: Load) -> Iterator[tuple[int, Branch, int, Level]]:
    """(key of the member, which is that of his entry too; his branch; his place in it; grade) of branches that have
    graded."""
    for nth, (branch, _round, _first) in enumerate(of_rounds(load.plan)):
        if nth % EVERY == 0:
            is_filed = nth // EVERY % FILED == 0
            yield from ((branch.first + n, branch, n, _level(n, is_filed)) for n in range(branch.size))


def _level(place: int, is_filed: bool) -> Level:
    if place == 2:
        return Level.UNQUALIFIED if is_filed else Level.BASICALLY_QUALIFIED
    return Level.EXCELLENT if place == 1 else Level.QUALIFIED


def _state(place: int) -> GradeState:
    """The first of a branch has objected, the second is decided, the others are being weighed."""
    return {0: GradeState.OBJECTED, 1: GradeState.DECIDED}.get(place, GradeState.DRAFT)


@fills(Grading)
def gradings(load: Load) -> None:
    """One for each branch of a round, nothing announced yet."""
    rows = ((round_key, branch.key) for branch, round_key, _first in of_rounds(load.plan))
    load.put(Grading, ("round_id", "organisation_id"), rows)


@fills(Grade, GradeText, GradeWord, AssemblyVote)
def grades(load: Load) -> None:
    """By chain A, but for the second of each branch, whose grade the assembly has voted on."""
    day = load.plan.today
    columns = ("id", "entry_id", "level", "chain", "approval", "body", "state", "decided_on", "fed_back_on")
    load.put(Grade, columns, (
        (key, key, level, _chain(place), Approval.RECORD, Body.COMMITTEE, _state(place),
         day if place < 2 else None, day if place == 0 else None)
        for key, _branch, place, level in _graded(load)
    ))  # fmt: skip
    words = ("能较好发挥作用。", "组织生活参加较少。", "支委联系帮助，每月谈话一次。")
    load.put(GradeText, ("grade_id", "opinion", "reason", "measure"), ((key, *words) for key, *_ in _graded(load)))
    objected = ((key, WordKind.OBJECTED, "部分情况与实际不符。", day) for key, *_ in _at(load, 0))
    load.put(GradeWord, ("grade_id", "kind", "text", "said_on"), objected)
    carried = ((key, day, branch.size, branch.size, branch.size, 0, 0) for key, branch, *_ in _at(load, 1))
    load.put(AssemblyVote, ("grade_id", "held_on", "due", "present", "yes", "no", "abstain"), carried)
    load.put(History, COLUMNS, (
        (f"appraisals.grade:{key}", f"党员{key}", str(b.key), b.path, b.name, move, source, target, *SYSTEM)
        for key, b, place, _level in _graded(load) for move, source, target in _told(place)
    ))  # fmt: skip


def _at(load: Load, place: int) -> Iterator[tuple[int, Branch, int, Level]]:
    """Those at one place of their branch."""
    return (one for one in _graded(load) if one[2] == place)


def _chain(place: int) -> Chain:
    return Chain.VOTED if place == 1 else Chain.SIMPLE


def _told(place: int) -> Iterator[tuple[str, str, str]]:
    yield "weigh", "", "draft"
    if place == 1:
        yield from (("propose", "draft", "proposed"), ("meet", "proposed", "met"), ("vote", "met", "decided"))
    elif place == 0:
        yield from (
            ("decide", "draft", "decided"),
            ("feed_back", "decided", "fed_back"),
            ("object", "fed_back", "objected"),
        )


@fills(DisposalFile, DisposalNote)
def files(load: Load) -> None:
    """One for each unqualified member, with the committee of his county and one note."""
    counties = {node.path: node.key for node in load.plan.nodes}
    found = [(key, branch) for key, branch, _place, level in _graded(load) if level == Level.UNQUALIFIED]
    columns = ("id", "grade_id", "committee_id", "informed", "informed_on")
    rows = ((n, key, counties[b.path[:12]], "组织委员", load.plan.today) for n, (key, b) in enumerate(found, 1))
    load.put(DisposalFile, columns, rows)
    notes = ((n, load.plan.today, "与本人谈话。") for n, _found in enumerate(found, 1))
    load.put(DisposalNote, ("file_id", "noted_on", "text"), notes)
