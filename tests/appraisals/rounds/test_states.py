"""The lives of a branch in a stage and of an item to make up, restated from users.md F13 and F22: who leads the branch asks
or reports, his superior may do so for him; only the superior consents, returns, exempts; a spoken consent says whose."""

import pytest
from django.utils import translation

from appraisals.models import MakeupItem, Progress
from appraisals.rounds import states
from appraisals.rounds.actions import makeup
from tests.workflow.tables import Life
from workflow.moves import available_moves
from workflow.words import told

# from      move      to        who        and what else
PROGRESS = """
ahead       begin     working   lead+accept for:enter_for silent
working     request   requested lead   for:enter_for when:asks_approval
returned    request   requested lead   for:enter_for when:asks_approval
working     report    passed    lead   for:enter_for when:is_reported
returned    report    passed    lead   for:enter_for when:is_reported
working     finish    passed    lead   for:enter_for when:has_no_gate
returned    finish    passed    lead   for:enter_for when:has_no_gate
requested   take_back working   lead   for:enter_for
requested   pass_on   passed    accept
requested   consent   passed    lead   for:enter_for named
requested   give_back returned  accept named silent
passed      give_back returned  accept named silent
working     extend    working   accept silent
returned    extend    returned  accept silent
ahead       exempt    exempt    accept note
working     exempt    exempt    accept note
returned    exempt    exempt    accept note
exempt      include   working   accept note
ahead       merge     merged    accept asked when:has_successor
working     merge     merged    accept asked when:has_successor
requested   merge     merged    accept asked when:has_successor
returned    merge     merged    accept asked when:has_successor
"""
MAKEUP = """
open        make_up   done      lead   for:enter_for named
done        close     closed    accept
done        reject    open      accept note
open        void      void      accept note
"""


def _progress(world):
    return list(Progress.objects.filter(organisation=world.first).select_related("stage", "organisation", "round"))


def _items(world):
    progress = _progress(world)[0]
    return [makeup.owe(progress, "More talks", actor=world.officer, due_on=progress.due_on)]


LIVES = [
    Life(Progress, "ahead working requested returned passed exempt merged", PROGRESS, _progress),
    Life(MakeupItem, "open done closed void", MAKEUP, _items),
]


@pytest.mark.parametrize(("who", "may"), [("secretary", True), ("officer", True), ("supervisor", False),
                                          ("clerk", False), ("committee_member", False), ("sibling", False)])  # fmt: skip
def test_who_leads_asks_and_the_superior_for_him(world, who, may):
    progress = _progress(world)[0]
    able = {move.name for move in available_moves(progress, getattr(world, who))}
    assert ("request" in able) == may


def test_which_states_count_as_what():
    """A stage is at work, left, behind the branch, or the branch is out (F13)."""
    assert set(states.AT_WORK) == {"working", "returned"}
    assert set(states.UNDER_WAY) == {"working", "returned", "requested"}  # the superior's answer is awaited
    assert set(states.LEFT) == {"requested", "passed"}
    assert set(states.BEHIND) == {"passed", "exempt"}
    assert set(states.OUT) == {"exempt", "merged"}


def test_what_a_branch_does_in_a_stage_is_told_in_words_of_its_own():
    """Other rooms have moves of the same names: a stage that is begun is no record that is begun."""
    with translation.override("en"):
        words = {
            move: str(told(move, "appraisals.progress"))
            for move in ("begin", "take_back", "pass_on", "exempt", "merge")
        }
    assert words == {
        "begin": "Stage begun", "take_back": "Request taken back", "pass_on": "Passed by the superior",
        "exempt": "Exempted", "merge": "Closed as merged",
    }  # fmt: skip
