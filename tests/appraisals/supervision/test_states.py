"""The life of a visit record, restated from F22: its writer alone hands it over, corrects it and makes it void, the officer
may make it void too; the secretary acknowledges, or signed on paper. A new row needs a second signature here."""

from appraisals.models import Visit
from appraisals.supervision import states
from tests.appraisals.supervision.rows import visit
from tests.workflow.tables import Life

# from       move        to           who                    and what else
VISIT = """
draft        submit      submitted    write_visit            silent
draft        discard     void         write_visit            asked
submitted    acknowledge acknowledged lead                   for:enter_for
submitted    replace     replaced     write_visit            silent note
acknowledged replace     replaced     write_visit            silent note
submitted    void        void         write_visit+lead_above note
acknowledged void        void         write_visit+lead_above note
"""
LIVES = [Life(Visit, "draft submitted acknowledged replaced void", VISIT, lambda world: [visit(world)])]


def test_which_records_stand_and_which_are_told():
    """What stands is counted and asks for items; the branch and its superiors also read what was replaced or void."""
    assert set(states.STANDING) == {"submitted", "acknowledged"}
    assert set(states.TOLD) == {"submitted", "acknowledged", "replaced", "void"}
