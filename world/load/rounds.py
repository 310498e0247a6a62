"""Stages of the rounds of a big world, every branch somewhere on its way through them, and who is appraised where."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from appraisals.models import (
    LeadingPost,
    MakeupItem,
    PlanRevision,
    Progress,
    Requirement,
    RosterEntry,
    RosterEvent,
    SchemeStep,
    Stage,
)
from appraisals.rounds.models.roster import EventKind
from appraisals.rounds.states import Gate, MakeupState, ProgressState
from branches.models.members import Category
from world.load.appraisals import pieces, rounds
from world.load.plan import Branch
from world.load.registry import Load, fills

STAGES = ("学习", "征求意见、谈心谈话", "对照检查", "组织生活会和民主评议", "反馈整改", "整改", "回头看", "总结")
DAYS = 12
RETURNED = 40  # one branch of so many was given its stage back


def _key(round_key: int, position: int) -> int:
    return (round_key - 1) * len(STAGES) + position


def _branches(load: Load) -> Iterator[tuple[int, Branch]]:
    """(key of its round, branch) of every branch that takes part."""
    owners = {node.path: key for key, node in rounds(load.plan)}
    for branch in load.plan.branches:
        if key := owners.get(branch.path[:12]):
            yield key, branch


def _at(branch: Branch) -> int:
    """The position of the stage a branch is in."""
    return 1 + branch.number % len(STAGES)


@fills(Stage, Requirement, PlanRevision)
def stages(load: Load) -> None:
    """Eight stages a round, one requirement in each, and one revision of each plan."""
    first = load.plan.today - timedelta(3 * DAYS)
    rows = (
        (_key(key, position), key, position, name, first + timedelta(DAYS * position - DAYS),
         first + timedelta(DAYS * position - 1), Gate.APPROVAL if position == 3 else Gate.REPORT)
        for key, _node in rounds(load.plan) for position, name in enumerate(STAGES, 1)
    )  # fmt: skip
    load.put(Stage, ("id", "round_id", "position", "name", "starts_on", "ends_on", "gate"), rows)
    needed = (
        (_key(key, position), 1, "materials.accepted", "share", 100, "materials.owed", "warn")
        for key, _node in rounds(load.plan) for position in range(1, len(STAGES) + 1)
    )  # fmt: skip
    load.put(Requirement, ("stage_id", "position", "metric", "operator", "value", "base", "severity"), needed)
    revised = ((key, 2, "next", "自下一环节起增加谈心谈话要求。", load.plan.today) for key, _node in rounds(load.plan))
    load.put(PlanRevision, ("round_id", "number", "applies", "changes", "made_on"), revised)


@fills(LeadingPost, SchemeStep)
def schemes(load: Load) -> None:
    """Who leads each round, and one step for each of its stages."""
    posts = (
        (key, node.key, position, role, f"示例{role}{key}", "")
        for key, node in rounds(load.plan) for position, role in enumerate(("head", "office"), 1)
    )  # fmt: skip
    load.put(LeadingPost, ("round_id", "organisation_id", "position", "role", "name", "duty"), posts)
    steps = (
        (key, node.key, position, name, "", f"按要求做好{name}各项工作。")
        for key, node in rounds(load.plan) for position, name in enumerate(STAGES, 1)
    )  # fmt: skip
    load.put(SchemeStep, ("round_id", "organisation_id", "position", "name", "time", "what"), steps)


@fills(Progress, MakeupItem)
def progress(load: Load) -> None:
    """Each branch in each stage; some have an item to make up."""
    columns = ("round_id", "stage_id", "organisation_id", "due_on", "state", "requested_on", "passed_on")
    load.put(Progress, columns, (row for key, branch in _branches(load) for row in _way(load, key, branch)))
    due = load.plan.today + timedelta(5)
    items = (
        (key, _key(key, _at(branch)), branch.key, "谈心谈话记录不全，请补齐。", due, MakeupState.OPEN)
        for key, branch in _branches(load) if branch.number % RETURNED == 0
    )  # fmt: skip
    load.put(MakeupItem, ("round_id", "stage_id", "organisation_id", "what", "due_on", "state"), items)


def _way(load: Load, key: int, branch: Branch) -> Iterator[tuple[Any, ...]]:
    """Not begun, as each row begins: a state reached since would want its line in the history."""
    due = load.plan.today + timedelta(DAYS)
    for position in range(1, len(STAGES) + 1):
        yield key, _key(key, position), branch.key, due, ProgressState.AHEAD, None, None


@fills(RosterEntry, RosterEvent)
def roster(load: Load) -> None:
    """Every author of a round is appraised in the own branch; one of so many went abroad since."""
    rows = ((p.key, p.round, p.key, p.branch.key, Category.FORMAL, True) for p in pieces(load.plan))
    load.put(RosterEntry, ("id", "round_id", "member_id", "organisation_id", "category", "is_due"), rows)
    gone = ((p.key, EventKind.TRANSFERRED_OUT, load.plan.today, "调动") for p in pieces(load.plan) if p.key % 500 == 0)
    load.put(RosterEvent, ("entry_id", "kind", "happened_on", "note"), gone)
