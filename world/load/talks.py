"""Talks of a big world: the secretary of each branch talked with two of its members; some wrote down what was said."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from meetings.models import Talk, TalkContent, TalkKind, TalkParty, TriggerList
from meetings.talks.triggers import SHIPPED
from world.load.plan import Branch, Plan
from world.load.registry import Load, fills

A_BRANCH = 2
TALKER, PARTNER = "支部书记", "支部党员"


def talks(plan: Plan) -> Iterator[tuple[int, Branch, int, date]]:
    """Key, branch, place of the member talked with, and day, in the order of the keys."""
    for branch in plan.branches:
        for number in range(A_BRANCH):
            key = branch.number * A_BRANCH + number + 1
            yield key, branch, branch.size - 1 - number, plan.today - timedelta(15 + key % 200)


@fills(TriggerList)
def trigger_lists(load: Load) -> None:
    """The root words the occasions."""
    load.put(TriggerList, ("organisation_id", "wording"), [(load.plan.nodes[0].key, "\n".join(SHIPPED))])


@fills(Talk, TalkParty)
def held(load: Load) -> None:
    """The talks with both parties."""
    columns = ("id", "organisation_id", "held_on", "place", "kind", "talkers", "partners", "persons")
    rows = (
        (key, branch.key, day, "支部活动室", TalkKind.COMMITTEE_AND_MEMBER, TALKER, PARTNER, 1)
        for key, branch, _place, day in talks(load.plan)
    )
    load.put(Talk, columns, rows)
    load.put(
        TalkParty, ("talk_id", "position", "leads", "member_id", "name"),
        (row for key, branch, place, _day in talks(load.plan) for row in _parties(key, branch, place)),
    )  # fmt: skip


def _parties(key: int, branch: Branch, place: int) -> list[tuple[Any, ...]]:
    return [(key, 1, True, branch.first, TALKER), (key, 2, False, branch.first + place, PARTNER)]


@fills(TalkContent)
def contents(load: Load) -> None:
    """What was said at one of twenty."""
    writer = load.keys["officer"]
    rows = ((key, "交流思想和工作情况", writer) for key, *_rest in talks(load.plan) if key % 20 == 1)
    load.put(TalkContent, ("talk_id", "text", "written_by_id"), rows)
