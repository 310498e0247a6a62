"""Evaluations of the cast's branches."""

from appraisals.evaluations import actions
from appraisals.models import Evaluation

SCALE = ("Good", "Fair")


def written(world, *, place=None, actor=None, words="EVALUATION-WORDS", level=""):
    """One that is being written, of the first branch unless said otherwise."""
    new = Evaluation(round=world.round, organisation=place or world.first)
    return actions.save(new, actor=actor or world.officer, words=words, level=level, seen=new.fingerprint)


def given(world, **told):
    """One that was fed back, on a scale."""
    actions.set_scale(world.round, SCALE, actor=world.officer)
    made = written(world, **{"level": "Good", **told})
    actions.move(made, "give", actor=world.officer)
    return made
