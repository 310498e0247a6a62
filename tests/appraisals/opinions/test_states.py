"""The lives of opinions and digests, restated from F6: whoever the target makes the reader sorts, hands over and feeds back;
who is concerned acknowledges, or signs on paper before the reader. A new row needs a second signature here."""

from appraisals.models import Digest, Opinion
from appraisals.opinions.digests import actions as digests
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


def _digest(world):
    row = opinion(world, "member", world.people[4])
    return [digests.gather([row], "In other words", actor=world.secretary)]


LIVES = [
    Life(Opinion, "received sorted sealed void", OPINION, lambda world: [opinion(world)]),
    Life(Digest, "draft fed_back acknowledged void", DIGEST, _digest),
]
