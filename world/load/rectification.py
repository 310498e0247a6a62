"""Problems of a big world: four in each branch, at four stages of their life; in one branch of ten one was looked at
again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from rectification.models import (
    CommonProblem,
    Measure,
    Pledge,
    PledgeReview,
    Problem,
    Publication,
    PublicationLine,
    Recheck,
)
from rectification.pledges.states import PledgeState
from rectification.problems.kinds import Origin, Verified, Whose
from rectification.problems.states import ProblemState
from rectification.publishing.audiences import Audience
from rectification.publishing.states import PublicationState
from workflow.models import History
from world.load.appraisals import rounds
from world.load.plan import Branch
from world.load.registry import Load, fills
from world.load.work import COLUMNS, SYSTEM

A_BRANCH = 4
CLOSED, UNDERWAY, ASKED, UNCLAIMED = range(1, A_BRANCH + 1)
TEXTS = ("通知下发偏晚。", "学习记录不完整。", "联系服务群众不够主动。", "活动形式单一。")
EVERY = 10  # branches of which one was looked at again
PATHS = {
    CLOSED: ("claim", "request", "close_by_assembly"),
    UNDERWAY: ("claim",),
    ASKED: ("claim", "request"),
    UNCLAIMED: (),
}
STATES = {
    "claim": ProblemState.UNDERWAY,
    "request": ProblemState.CLOSING_REQUESTED,
    "close_by_assembly": ProblemState.CLOSED,
}


def _problems(load: Load) -> Iterator[tuple[int, int, Branch, int | None]]:
    """Key, which of the four, branch, key of the round where it takes part in one."""
    owners = {node.path: key for key, node in rounds(load.plan)}
    for branch in load.plan.branches:
        for number in range(1, A_BRANCH + 1):
            yield branch.number * A_BRANCH + number, number, branch, owners.get(branch.path[:12])


@fills(CommonProblem)
def common_problems(load: Load) -> None:
    """One of each organisation that runs a round, which gathers the fourth problem of each of its branches."""
    day = load.plan.today
    rows = (
        (key, node.key, key, "活动形式单一。", "年底前每个支部至少创新一次主题党日。", day)
        for key, node in rounds(load.plan)
    )
    load.put(CommonProblem, ("id", "organisation_id", "round_id", "text", "asks", "found_on"), rows)
    told = (
        (
            f"rectification.commonproblem:{key}",
            "共性问题",
            str(node.key),
            node.path,
            node.name,
            "create",
            "",
            "open",
            *SYSTEM,
        )
        for key, node in rounds(load.plan)
    )
    load.put(History, COLUMNS, told)


@fills(Problem, Measure)
def problems(load: Load) -> None:
    """The third is a member's own, the last has nobody yet."""
    columns = ("id", "organisation_id", "round_id", "year", "client_key", "whose", "member_id", "text", "origin",
               "found_on", "goal", "responsible_id", "due_on", "first_due_on", "evidence", "requested_on", "closed_on",
               "verified_as", "verified_words", "common_id", "state")  # fmt: skip
    load.put(Problem, columns, (_row(load, *one) for one in _problems(load)))
    rows = ((key, place, f"第{place}条措施") for key, number, *_more in _problems(load) if number != UNCLAIMED
            for place in (1, 2))  # fmt: skip
    load.put(Measure, ("problem_id", "position", "text"), rows)
    load.put(History, COLUMNS, (row for one in _problems(load) for row in _moves(*one)))


@fills(Recheck)
def rechecks(load: Load) -> None:
    """By the officer at the top; each has held."""
    officer, day = load.keys["officer"], load.plan.today
    columns = ("problem_id", "checked_on", "holds", "words", "checked_by_id")
    rows = ((key, day, True, "现场查看，保持良好。", officer) for key, number, branch, _round in _problems(load)
            if number == CLOSED and branch.number % EVERY == 0)  # fmt: skip
    load.put(Recheck, columns, rows)


def _row(load: Load, key: int, number: int, branch: Branch, round_key: int | None) -> tuple[Any, ...]:
    today, member = load.plan.today, branch.first + branch.size - 1
    found, own = today - timedelta(15), number == ASKED
    due = None if number == UNCLAIMED else today + timedelta(key % 50)
    asked, closed = number in (CLOSED, ASKED), number == CLOSED
    who = None if number == UNCLAIMED else member if own else branch.first + 1
    return (
        key, branch.key, round_key, today.year, UUID(int=key), Whose.MEMBER if own else Whose.BRANCH,
        member if own else None, TEXTS[number - 1], Origin.OPINION if number % 2 else Origin.SELF, found,
        "" if number == UNCLAIMED else "按期整改到位", who, due, due, "见支部档案" if asked else "",
        today if asked else None, today if closed else None, Verified.ASSEMBLY if closed else "",
        "会议记录第7号" if closed else "", round_key if number == UNCLAIMED else None,
        _state(number),
    )  # fmt: skip


def _state(number: int) -> str:
    path = PATHS[number]
    return STATES[path[-1]] if path else ProblemState.UNCLAIMED


def _moves(key: int, number: int, branch: Branch, _round: int | None) -> Iterator[tuple[Any, ...]]:
    head = (f"rectification.problem:{key}", "问题", str(branch.key), branch.path, branch.name)
    state: str = ProblemState.UNCLAIMED
    yield *head, "create", "", state, *SYSTEM
    for name in PATHS[number]:
        yield *head, name, state, STATES[name], *SYSTEM
        state = STATES[name]


@fills(Pledge, PledgeReview)
def pledges(load: Load) -> None:
    """One of each branch, published; of one in ten the half-year was looked at."""
    plan, officer = load.plan, load.keys["officer"]
    columns = ("id", "organisation_id", "year", "client_key", "whose", "responsible_id", "text", "due_on",
               "published_on", "state")  # fmt: skip
    due = plan.today + timedelta(60)
    load.put(Pledge, columns, (
        (b.number + 1, b.key, due.year, UUID(int=b.key), Whose.BRANCH, b.first, "年底前为群众办成一件实事。", due,
         plan.today, PledgeState.PUBLISHED)
        for b in plan.branches
    ))  # fmt: skip
    reviews = ((b.number + 1, "h2", plan.today, officer) for b in plan.branches if b.number % EVERY == 0)
    load.put(PledgeReview, ("pledge_id", "period", "reviewed_on", "reviewed_by_id"), reviews)
    load.put(History, COLUMNS, (row for b in plan.branches for row in _pledged(b)))


def _pledged(branch: Branch) -> Iterator[tuple[Any, ...]]:
    head = (f"rectification.pledge:{branch.number + 1}", "承诺", str(branch.key), branch.path, branch.name)
    yield *head, "create", "", PledgeState.PROMISED, *SYSTEM
    yield *head, "accept", PledgeState.PROMISED, PledgeState.ACCEPTED, *SYSTEM
    yield *head, "publish", PledgeState.ACCEPTED, PledgeState.PUBLISHED, *SYSTEM


STEPS = (
    ("create", "", PublicationState.DRAFT),
    ("propose", PublicationState.DRAFT, PublicationState.PROPOSED),
    ("review", PublicationState.PROPOSED, PublicationState.REVIEWED),
    ("approve", PublicationState.REVIEWED, PublicationState.APPROVED),
    ("publish", PublicationState.APPROVED, PublicationState.PUBLIC),
)


@fills(Publication, PublicationLine)
def publications(load: Load) -> None:
    """Of one branch in ten what it puts right, before society."""
    plan, day = load.plan, load.plan.today
    columns = (
        "id", "organisation_id", "unit_id", "client_key", "token", "title", "audience", "until", "proposed_by_id",
        "proposed_on", "reviewed_by_id", "reviewed_on", "reviewed_words", "approved_by_id", "approved_on",
        "published_on", "state",
    )  # fmt: skip
    branches = [b for b in plan.branches if b.number % EVERY == 0]
    three = [load.keys[name] for name in ("secretary", "supervisor", "officer")]
    load.put(Publication, columns, (
        (b.number + 1, b.key, b.above.key, UUID(int=b.key), f"open-{b.key}", "立行立改事项公开", Audience.SOCIETY,
         day + timedelta(30), three[0], day, three[1], day, "不涉密，不涉及个人。", three[2], day, day,
         PublicationState.PUBLIC)
        for b in branches
    ))  # fmt: skip
    load.put(PublicationLine, ("publication_id", "problem_id", "position", "text", "measures", "post"), (
        (b.number + 1, b.number * A_BRANCH + UNDERWAY, 1, TEXTS[UNDERWAY - 1], "第1条措施", "党支部") for b in branches
    ))  # fmt: skip
    load.put(History, COLUMNS, (row for b in branches for row in _published(b)))


def _published(branch: Branch) -> Iterator[tuple[Any, ...]]:
    head = (f"rectification.publication:{branch.number + 1}", "公开", str(branch.key), branch.path, branch.name)
    for name, source, target in STEPS:
        yield *head, name, source, target, *SYSTEM
