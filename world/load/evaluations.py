"""Evaluations of a big world: of every second branch in a round, one of four of them still being written."""

from collections.abc import Iterator
from typing import Any

from appraisals.evaluations.states import EvaluationState
from appraisals.models import Evaluation, EvaluationScale
from workflow.models import History
from world.load.appraisals import rounds
from world.load.plan import Branch
from world.load.registry import Load, fills
from world.load.work import COLUMNS, SYSTEM

SCALE = ("先进达标支部", "达标支部", "未达标支部")
EVERY, WRITTEN = 2, 4


def _evaluated(load: Load) -> Iterator[tuple[int, int, Branch, bool]]:
    """(key, key of the round, branch, whether it was fed back)."""
    owners = {node.path: key for key, node in rounds(load.plan)}
    for branch in load.plan.branches:
        if branch.number % EVERY == 0 and (key := owners.get(branch.path[:12])):
            yield branch.number + 1, key, branch, branch.number % (EVERY * WRITTEN) != 0


@fills(Evaluation, EvaluationScale)
def evaluations(load: Load) -> None:
    """A scale for each round; those fed back have a word of it."""
    scale = ((key, "\n".join(SCALE)) for key, _node in rounds(load.plan))
    load.put(EvaluationScale, ("round_id", "words"), scale)
    columns = ("id", "round_id", "organisation_id", "words", "level", "given_on", "state")
    rows = (
        (key, round_key, branch.key, "学习、谈心谈话记录齐全；整改措施还不够具体。", SCALE[key % 3] if told else "",
         load.plan.today if told else None, EvaluationState.GIVEN if told else EvaluationState.DRAFT)
        for key, round_key, branch, told in _evaluated(load)
    )  # fmt: skip
    load.put(Evaluation, columns, rows)
    load.put(History, COLUMNS, (row for one in _evaluated(load) for row in _moves(*one)))


def _moves(key: int, _round: int, branch: Branch, told: bool) -> Iterator[tuple[Any, ...]]:
    head = (f"appraisals.evaluation:{key}", "评估意见", str(branch.key), branch.path, branch.name)
    yield *head, "create", "", EvaluationState.DRAFT, *SYSTEM
    if told:
        yield *head, "give", EvaluationState.DRAFT, EvaluationState.GIVEN, *SYSTEM
