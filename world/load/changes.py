"""What changes in a big world: former names, members elsewhere, transfers under way, slips handed out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from branches.models import Activation, Flow, FormerName, Transfer
from branches.transfers.states import State
from world.load.plan import FOUNDED
from world.load.registry import Load, fills

RENAMED_ON = FOUNDED.replace(year=2019)


@fills(FormerName)
def former_names(load: Load) -> None:
    """One branch of thirty was renamed once."""
    rows = (
        (branch.key, f"{branch.name}（筹）", "", FOUNDED, RENAMED_ON - timedelta(1))
        for branch in load.plan.branches
        if branch.number % 30 == 11
    )
    load.put(FormerName, ("organisation_id", "name", "short_name", "since", "until"), rows)


@fills(Flow)
def flows(load: Load) -> None:
    """In one branch of twenty somebody works elsewhere."""
    since = load.plan.today - timedelta(200)
    rows = (
        (branch.first + branch.size - 1, "外省务工", "家属", since)
        for branch in load.plan.branches
        if branch.number % 20 == 9
    )
    load.put(Flow, ("member_id", "place", "contact", "since"), rows)


@fills(Transfer)
def transfers(load: Load) -> None:
    """From one branch of fifty somebody is offered to the branch before it."""
    plan, since = load.plan, load.plan.today + timedelta(10)
    rows = (
        (branch.first + branch.size - 1, branch.key, plan.branches[branch.number - 1].key, since, "工作调动",
         State.OFFERED, load.now)
        for branch in plan.branches
        if branch.number % 50 == 21
    )  # fmt: skip
    columns = ("member_id", "source_id", "organisation_id", "since", "reason", "state", "offered_at")
    load.put(Transfer, columns, rows)


@fills(Activation)
def slips(load: Load) -> None:
    """In one branch of sixty the second member holds a slip; nobody knows its code."""
    until = load.now + timedelta(days=14)

    def rows() -> Iterator[tuple[Any, ...]]:
        for branch in load.plan.branches:
            if branch.number % 60 == 13:
                key = branch.first + 1
                yield key, branch.key, f"slip{key}", "0" * 64, False, "书记", load.now, until

    columns = ("member_id", "organisation_id", "username", "digest", "renews", "giver_name", "issued_at", "expires_at")
    load.put(Activation, columns, rows())
