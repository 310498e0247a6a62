"""The life of an evaluation, restated from users.md F30: the superior who decides writes it, feeds it back and takes it
back with a reason; only whoever leads the branch takes note of it."""

from appraisals.evaluations import states
from appraisals.models import Evaluation
from tests.appraisals.evaluations.rows import written
from tests.workflow.tables import Life

# from  move      to    who    and what else
EVALUATION = """
draft   give      given accept
given   take_back draft accept note
noted   take_back draft accept note
given   note      noted lead
"""

LIVES = [Life(Evaluation, "draft given noted", EVALUATION, lambda world: [written(world)])]


def test_which_states_count_as_told():
    assert set(states.TOLD) == {"given", "noted"}
