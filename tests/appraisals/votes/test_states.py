"""The life of a vote, restated from issue and users.md F10: paper goes straight to the count, slips over the box; two
people count, and whoever counted does not confirm alone. A new row needs a second signature here."""

from appraisals.models import Vote
from appraisals.votes import states
from tests.appraisals.votes.rows import laid_down
from tests.workflow.tables import Life

# from     move           to         who                                  and what else
VOTE = """
prepared   hand_out       handed_out record                               silent when:is_electronic
handed_out open           open       record                               when:has_tellers
open       close          closed     count_votes+record                   asked
handed_out to_paper       prepared   record                               asked
open       to_paper       prepared   record                               asked
prepared   count          counted    count_votes+record                   silent when:is_paper for:enter_for
closed     count          counted    count_votes+record                   silent
counted    recount        prepared   count_votes+record                   asked when:is_paper for:enter_for
counted    recount        closed     count_votes+record                   asked when:is_electronic for:enter_for
counted    confirm        confirmed  count_votes+lead+write_for_committee asked never:count for:enter_for
counted    confirm_signed confirmed  count_votes+lead+write_for_committee named for:enter_for
prepared   void           void       record                               named for:enter_for
handed_out void           void       record                               named for:enter_for
open       void           void       record                               named for:enter_for
closed     void           void       record                               named for:enter_for
counted    void           void       record                               named for:enter_for
confirmed  annul          void       enter_for                            named
"""
LIVES = [
    Life(
        Vote,
        "prepared handed_out open closed counted confirmed void",
        VOTE,
        lambda world: [laid_down(world), laid_down(world, way="slips"), laid_down(world, way="tablet", teller_name="")],
    )
]


def test_when_slips_are_out_and_when_there_may_be_boxes():
    assert set(states.BEFORE_OPENING) == {"prepared", "handed_out"}
    assert set(states.BEFORE_THE_COUNT) == {"prepared", "handed_out", "open", "closed"}
    assert set(states.UNDER_WAY) == {"handed_out", "open"}
    assert set(states.BOXED) == {"open", "closed", "counted"}
    assert set(states.LIVING) == {"prepared", "handed_out", "open", "closed", "counted"}
