"""The lives of a grade, of a branch's grading and of a disposal file, restated from users.md F2, F4, F5, F27 and domain A7:
A decided → fed back → reported; B first opinion → met → changed → read above → fed back; C with a vote of the assembly and
approval. An objection travels to the committee, then to the superior, and ends with an answer. Nobody settles his own."""

from appraisals.grades import states
from appraisals.grades.disposal_states import DisposalState
from appraisals.models import DisposalFile, Grade, Grading
from tests.appraisals.grades.rows import chain, grading, put, weigh
from tests.workflow.tables import Life
from workflow.words import told

# from     move       to        who          and what else
GRADE = """
draft      propose    proposed  grade        for:grade_for when:meets
proposed   take_back  draft     grade        for:grade_for
proposed   meet       met       grade        for:grade_for silent
draft      decide     decided   grade        for:grade_for when:is_simple
met        decide     decided   grade        for:grade_for when:is_met_only
returned   decide     decided   grade        for:grade_for when:is_not_voted
met        vote       decided   grade        for:grade_for when:is_voted silent
returned   vote       decided   grade        for:grade_for when:is_voted silent
decided    reopen     draft     grade        for:grade_for note
decided    submit     submitted grade        for:grade_for when:wants_approval
submitted  withdraw   decided   grade        for:grade_for
submitted  approve    approved  settle_grade
submitted  give_back  returned  settle_grade note
reported   give_back  returned  settle_grade note
decided    feed_back  fed_back  grade        for:grade_for when:needs_no_approval
approved   feed_back  fed_back  grade        for:grade_for
fed_back   agree      agreed    own          for:grade+grade_for silent
unspoken   agree      agreed    own          for:grade+grade_for silent
fed_back   object     objected  own          for:grade+grade_for when:is_of_branch silent
unspoken   object     objected  own          for:grade+grade_for when:is_of_branch silent
fed_back   object     appealed  own          for:grade+grade_for when:is_by_superior silent
unspoken   object     appealed  own          for:grade+grade_for when:is_by_superior silent
fed_back   no_word    unspoken  grade        for:grade_for named
objected   answer     answered  grade        for:grade_for silent
objected   reconsider draft     grade        for:grade_for note
objected   pass_up    appealed  grade        for:grade_for note
answered   appeal     appealed  own          for:grade+grade_for silent
appealed   conclude   concluded settle_grade silent
appealed   send_down  draft     settle_grade note
agreed     report     reported  grade        for:grade_for when:is_to_report
unspoken   report     reported  grade        for:grade_for when:is_to_report
answered   report     reported  grade        for:grade_for when:is_to_report
"""
GRADING = """
open      announce announced lead asked for:enter_for
announced retract  open      lead note  for:enter_for
"""
FILE = """
open close closed keep_file named
open void  void   keep_file note
"""


def grades(world):
    """One of each chain, and one that the superior weighs; each with a grade and a day of feedback, for any state."""
    made = []
    for number, person in ((1, world.people[2]), (2, world.people[3]), (3, world.people[4])):
        chain(world, number)
        made.append(put(weigh(world, person), "draft"))
    made.append(put(weigh(world, world.siblings[0], actor=world.officer, branch=world.second), "draft"))
    return made


def gradings(world):
    """The database wants a day for each announcement."""
    Grading.objects.filter(organisation=world.first).update(announced_on=world.round.roster_on)
    return [grading(world)]


def files(world):
    grade = weigh(world, world.people[2], "unqualified")
    facts = {"grade": grade, "committee": world.county, "informed": "Chen", "informed_on": world.round.roster_on}
    return [DisposalFile.objects.create(**facts)]


LIVES = [
    Life(
        Grade,
        "draft proposed met decided submitted returned approved fed_back agreed unspoken objected answered appealed concluded "
        "reported",
        GRADE,
        grades,
    ),
    Life(Grading, "open announced", GRADING, gradings),
    Life(DisposalFile, "open closed void", FILE, files),
]


def test_which_states_mean_what():
    assert set(states.WEIGHED) == {"draft", "met", "returned"}
    assert set(states.UNDECIDED) == {"draft", "proposed", "met", "returned"}
    assert set(states.UNTOLD) == {"draft", "proposed", "met", "returned", "decided"}
    shown = {"fed_back", "agreed", "unspoken", "objected", "answered", "appealed", "concluded", "reported"}
    assert set(states.TOLD) == shown
    assert set(states.SHOWN) == shown | {"met"}
    assert set(states.GRADED) == shown | {"decided", "submitted", "approved"}
    assert set(states.CONTESTED) == {"objected", "appealed"}
    assert set(states.ABOVE) == {"submitted", "appealed"}
    assert DisposalState.values == ["open", "closed", "void"]


# How the history tells each step: a word of another room would say something else (“提交”, “作废”).
TOLD = {
    "weigh": "填写等次", "begin": "交上级评定", "propose": "提出初评", "take_back": "撤回初评", "meet": "已与本人见面",
    "decide": "支部已评定", "vote": "党员大会表决", "reopen": "退回重新评定", "submit": "报上级", "withdraw": "撤回",
    "approve": "上级已同意", "give_back": "退回支部", "feed_back": "反馈本人", "agree": "同意", "object": "提出异议",
    "no_word": "未表示意见", "answer": "答复异议", "reconsider": "因异议重新评定", "pass_up": "提请上级",
    "appeal": "提请上级", "conclude": "上级答复", "send_down": "上级退回重新评定", "report": "已报备",
    "confirm_word": "本人确认",
}  # fmt: skip


def test_the_history_tells_each_step_in_words_of_its_own():
    assert {move: str(told(move, "appraisals.grade")) for move in TOLD} == TOLD
    assert {move.name for move in Grade.MOVES} <= set(TOLD)
