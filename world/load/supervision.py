"""Visits of a big world: one to each branch of a round, a line of it falling short."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from appraisals.models import GroupBranch, OwnChecklist, SupervisionGroup, Urging, Visit, VisitLine
from appraisals.supervision.checklists import SHIPPED
from appraisals.supervision.models.visits import Manner, Result
from appraisals.supervision.states import VisitState
from workflow.models import History
from world.load.appraisals import rounds
from world.load.opinions import of_rounds
from world.load.plan import Branch
from world.load.registry import Load, fills
from world.load.rounds import STAGES
from world.load.work import COLUMNS, SYSTEM


@fills(OwnChecklist)
def checklists(load: Load) -> None:
    """One laid down by each organisation that runs a round."""
    words = "会议记录本签字齐全\n流动党员已送学"
    rows = ((node.key, "会前核查", words, load.plan.today) for _key, node in rounds(load.plan))
    load.put(OwnChecklist, ("organisation_id", "name", "wording", "since"), rows)


@fills(SupervisionGroup, GroupBranch)
def groups(load: Load) -> None:
    """One group for all branches of a round."""
    rows = ((key, node.key, "第一督导组", "组长") for key, node in rounds(load.plan))
    load.put(SupervisionGroup, ("id", "organisation_id", "name", "leader"), rows)
    load.put(GroupBranch, ("organisation_id", "group_id"), ((b.key, key) for b, key, _first in of_rounds(load.plan)))
    told = (
        (
            f"appraisals.supervisiongroup:{key}",
            "督导组",
            str(node.key),
            node.path,
            node.name,
            "name_group",
            "",
            "",
            *SYSTEM,
        )
        for key, node in rounds(load.plan)
    )
    load.put(History, COLUMNS, told)


@fills(Visit, VisitLine)
def visits(load: Load) -> None:
    """Handed over by the supervisor at the top, each numbered as its branch; the first line falls short."""
    supervisor, day = load.keys["supervisor"], load.plan.today
    columns = ("id", "round_id", "organisation_id", "visitor_id", "client_key", "visited_on", "manner", "checklist",
               "opinion", "submitted_on", "state")  # fmt: skip
    rows = (
        (b.key, key, b.key, supervisor, UUID(int=b.key), day, Manner.ON_SITE, "five", "请对照清单逐项补齐。", day,
         VisitState.SUBMITTED)
        for b, key, _first in of_rounds(load.plan)
    )  # fmt: skip
    load.put(Visit, columns, rows)
    lines = ((b.key, *line) for b, _key, _first in of_rounds(load.plan) for line in _lines())
    load.put(VisitLine, ("visit_id", "position", "code", "result", "evidence"), lines)
    load.put(History, COLUMNS, (row for b, _key, _first in of_rounds(load.plan) for row in _moves(b)))


@fills(Urging)
def urgings(load: Load) -> None:
    """One branch of so many was told by telephone."""
    columns = ("organisation_id", "step_id", "recipient_id", "text", "due_on", "urged_on", "by_phone", "sender_id")
    sender, day = load.keys["supervisor"], load.plan.today
    first_stages = ((b, number * len(STAGES) + 1) for number, (b, _key, _first) in enumerate(of_rounds(load.plan)))
    rows = (
        (b.key, progress, b.first, "请按期完成本阶段工作。", day, day, True, sender)
        for b, progress in first_stages if b.number % 40 == 0
    )  # fmt: skip
    load.put(Urging, columns, rows)


def _lines() -> Iterator[tuple[Any, ...]]:
    for number, line in enumerate(SHIPPED["five"].lines, 1):
        short = number == 1
        yield number, line.code, Result.SHORT if short else Result.REACHED, "征求意见只发了一次表" if short else ""


def _moves(b: Branch) -> Iterator[tuple[Any, ...]]:
    head = (f"appraisals.visit:{b.key}", "督导记录", str(b.key), b.path, b.name)
    yield *head, "create", "", VisitState.DRAFT, *SYSTEM
    yield *head, "submit", VisitState.DRAFT, VisitState.SUBMITTED, *SYSTEM
