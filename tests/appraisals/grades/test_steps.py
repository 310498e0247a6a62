"""What each step writes beside the state, when it exists, and which rights let somebody write words down."""

import pytest
from django.utils import timezone

from appraisals.grades import steps
from appraisals.models import Grade
from tests.appraisals.grades.rows import chain, put, weigh
from tests.workflow.actors import Almighty
from workflow.moves import available_moves

TODAY = timezone.localdate
CLEARED = dict.fromkeys(("met_on", "decided_on", "submitted_on", "answer_by", "fed_back_on"))
# Name: the columns it writes; a day for today, “later” for the day on which the superior answers.
WRITTEN = {
    **dict.fromkeys(
        ("take_back", "withdraw", "approve", "agree", "no_word", "answer", "conclude", "report", "meet"), ""
    ),
    **dict.fromkeys(("decide", "vote"), "decided_on"),
    "feed_back": "fed_back_on",
    "submit": "submitted_on answer_by",
    **dict.fromkeys(("pass_up", "object", "appeal"), "answer_by"),
}
RIGHTS = {
    **dict.fromkeys(("agreed", "objected", "appealed"), {"own", "grade", "grade_for"}),
    **dict.fromkeys(("met", "answered"), {"grade", "grade_for"}),
    "concluded": {"settle_grade"},
}


def test_what_each_step_writes(world):
    grade = weigh(world, world.people[4])
    told = {name: steps.changes([grade], name) for name in {move.name for move in Grade.MOVES}}
    assert {name: " ".join(told.pop(name)) for name in ("propose",)} == {"propose": "first"}
    for name in ("reopen", "reconsider", "send_down"):
        assert told.pop(name) == CLEARED
    assert told.pop("give_back") == {"fed_back_on": None, "answer_by": None}
    assert {name: set(found) for name, found in told.items()} == {name: set(w.split()) for name, w in WRITTEN.items()}
    days = [day for found in told.values() for column, day in found.items() if column != "answer_by"]
    assert set(days) == {TODAY()}
    assert all(found["answer_by"] > TODAY() for found in told.values() if "answer_by" in found)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_step_exists_exactly_where_the_engine_makes_it(world, number):
    chain(world, number)
    grade = weigh(world, world.people[4])
    for state in Grade.State.values:
        grade = put(grade, state)
        found = {row.name for row in Grade.MOVES if steps.exists(row, grade)}
        assert found == {move.name for move in available_moves(grade, Almighty())}, state


def test_who_may_write_which_words_down(world):
    grade = weigh(world, world.people[4])
    assert {kind: set(map(str, steps.rights_of(grade, kind))) for kind in RIGHTS} == RIGHTS


def test_when_the_assembly_votes():
    assert set(steps.WAITS_FOR_VOTE) == {"met", "returned"}
