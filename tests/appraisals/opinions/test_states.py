"""The lives of opinions and digests, restated from F6: whoever the target makes the reader sorts, hands over and feeds back;
who is concerned acknowledges, or signs on paper before the reader. A new row needs a second signature here."""

from appraisals.models import Digest, Opinion, OpinionAnswer, OpinionPage
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.doors import actions as doors
from appraisals.opinions.states import TOLD
from tests.appraisals.opinions.rows import opinion
from tests.workflow.tables import Life

# from      move        to           who           and what else
OPINION = """
received    sort        sorted       sort_opinions silent
sorted      release     received     sort_opinions silent
received    seal        sealed       sort_opinions silent
received    void        void         sort_opinions note
"""
DIGEST = """
draft       feed_back   fed_back     sort_opinions asked
fed_back    acknowledge acknowledged concerned     for:sort_opinions
draft       void        void         sort_opinions note
"""
DOOR = """
asked       approve     open         run_rounds      asked never:create
asked       refuse      refused      run_rounds      note
open        close       closed       lead+run_rounds asked
"""
ANSWER = """
proposed    approve     published    run_rounds    asked never:create
proposed    refuse      refused      run_rounds    note
proposed    retract     withdrawn    sort_opinions
published   retract     withdrawn    sort_opinions asked
"""


def _digest(world):
    row = opinion(world, "member", world.people[4])
    return [digests.gather([row], "In other words", actor=world.secretary)]


def _door(world):
    return [doors.ask_for_page(world.round, world.first, world.round.due_on, actor=world.secretary)]


def _answer(world):
    (digest,) = _digest(world)
    digests.move(digest, "feed_back", actor=world.secretary)
    return [doors.propose_answer(digest, "Done", actor=world.secretary)]


LIVES = [
    Life(Opinion, "received sorted sealed void", OPINION, lambda world: [opinion(world)]),
    Life(Digest, "draft fed_back acknowledged void", DIGEST, _digest),
    Life(OpinionPage, "asked open refused closed", DOOR, _door),
    Life(OpinionAnswer, "proposed published refused withdrawn", ANSWER, _answer),
]


def test_whom_a_digest_concerns_reads_it_once_it_was_fed_back():
    assert set(TOLD) == {"fed_back", "acknowledged"}
