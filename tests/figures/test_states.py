"""The life of a typed total, restated from users.md F1: the branch confirms what was typed for it."""

from figures import actions
from figures.models import TypedTotal
from figures.registry import Period
from tests.workflow.tables import Life

# from      move      to        who                and what else
TOTAL = """
typed       confirm   confirmed lead
typed       replace   void      record+enter_for   silent
confirmed   replace   void      record+enter_for   silent
typed       void      void      record+enter_for   note asked
confirmed   void      void      record+enter_for   note asked
"""


def typed(world):
    told = actions.Told(7, as_of=world.round.roster_on)
    period = Period(round_key=world.round.pk)
    return [actions.type_total(world.first, "materials.accepted", period, told, actor=world.officer)]


LIVES = [Life(TypedTotal, "typed confirmed void", TOTAL, typed)]
