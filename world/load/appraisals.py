"""Rounds of a big world: some organisations of the third level have one under way, with what its members owe."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from appraisals.materials.reasons import Reason
from appraisals.materials.states import MaterialState
from appraisals.models import (
    Aspect,
    Comment,
    Draft,
    Material,
    MaterialKind,
    MaterialRules,
    ReturnReason,
    Reviewer,
    Round,
    Version,
)
from appraisals.states import RoundState
from branches.models.members import COMMITTEE_POSTS, PostKind
from world.demo.work import ASPECTS
from world.load.plan import Branch, Node, Plan
from world.load.registry import Load, fills

TEXT = "对照要求，查找到的主要问题、原因和今后的改进措施。"
EVERY_COUNTY = 10  # one organisation of the third level of so many has a round
STATES = (MaterialState.DRAFT, MaterialState.SUBMITTED, MaterialState.ACCEPTED, MaterialState.RETURNED)


@dataclass(frozen=True, slots=True)
class Piece:
    """One material; its key is the key of its author, for each author owes one."""

    key: int
    round: int
    branch: Branch
    place: int
    state: MaterialState

    @property
    def post(self) -> PostKind | None:
        """The author's post in the branch."""
        posts = self.branch.held
        return posts[self.place] if self.place < len(posts) else None

    @property
    def is_handed_in(self) -> bool:
        return self.state != MaterialState.DRAFT


def rounds(plan: Plan) -> list[tuple[int, Node]]:
    """The rounds under way: key and organisation."""
    return list(enumerate(plan.counties[::EVERY_COUNTY], 1))


def due_on(plan: Plan) -> date:
    return plan.today + timedelta(2)


def pieces(plan: Plan) -> Iterator[Piece]:
    """Every material, branch by branch."""
    owners = {node.path: key for key, node in rounds(plan)}
    for branch in plan.branches:
        if key := owners.get(branch.path[:12]):
            for place in range(branch.size):
                author = branch.first + place
                yield Piece(author, key, branch, place, STATES[author % len(STATES)])


@fills(Round, Aspect)
def rounds_and_aspects(load: Load) -> None:
    """The rounds under way, and last year's at the top, which is closed."""
    plan = load.plan
    columns = ("id", "organisation_id", "name", "year", "roster_on", "due_on", "state")
    year, roster = plan.today.year, plan.today - timedelta(20)
    words = "{}年度组织生活会和民主评议党员"
    rows: list[tuple[Any, ...]] = [
        (key, node.key, words.format(year), year, roster, due_on(plan), RoundState.OPEN) for key, node in rounds(plan)
    ]
    past = plan.today - timedelta(380)
    rows.append((len(rows) + 1, 1, words.format(year - 1), year - 1, past, past + timedelta(40), RoundState.CLOSED))
    load.put(Round, columns, rows)
    aspects = ((row[0], place, title) for row in rows for place, title in enumerate(ASPECTS, 1))
    load.put(Aspect, ("round_id", "position", "title"), aspects)


@fills(MaterialRules)
def material_rules(load: Load) -> None:
    """Every second round has a reason of its own for returns."""
    rows = ((key, "未联系本职工作") for key, _node in rounds(load.plan) if key % 2)
    load.put(MaterialRules, ("round_id", "own_reasons"), rows)


@fills(Material)
def materials(load: Load) -> None:
    """What each author owes, and each committee; the secretary's own and the committee's go to the superior (F3)."""
    columns = ("id", "round_id", "organisation_id", "author_id", "kind", "reviewer", "is_read_above",
               "is_chief", "due_on", "state", "versions_count")  # fmt: skip
    due = due_on(load.plan)
    rows = (
        (p.key, p.round, p.branch.key, p.key,
         MaterialKind.COMMITTEE_MEMBER_ANALYSIS if p.post in COMMITTEE_POSTS else MaterialKind.SPEECH_OUTLINE,
         Reviewer.ABOVE if p.post == PostKind.SECRETARY else Reviewer.BRANCH, p.post in COMMITTEE_POSTS,
         p.post == PostKind.SECRETARY, due, p.state, int(p.is_handed_in))
        for p in pieces(load.plan)
    )  # fmt: skip
    owners = {node.path: key for key, node in rounds(load.plan)}
    together = (
        (load.plan.members + branch.key, owners[branch.path[:12]], branch.key, None, MaterialKind.COMMITTEE_ANALYSIS,
         Reviewer.ABOVE, True, True, due, MaterialState.DRAFT, 0)
        for branch in load.plan.branches if branch.path[:12] in owners
    )  # fmt: skip
    load.put(Material, columns, chain(rows, together))


@fills(Draft, Version)
def drafts_and_versions(load: Load) -> None:
    """The words: drafts of those who write, one version of those who handed in."""
    sections = {str(place): TEXT for place in range(1, len(ASPECTS) + 1)}
    drafts = ((p.key, sections, 1) for p in pieces(load.plan) if p.is_handed_in or p.key % 3 == 0)
    load.put(Draft, ("material_id", "sections", "revision"), drafts)
    written = [[title, TEXT] for title in ASPECTS]
    versions = ((p.key, 1, written) for p in pieces(load.plan) if p.is_handed_in)
    load.put(Version, ("material_id", "number", "sections"), versions)


@fills(ReturnReason, Comment)
def remarks(load: Load) -> None:
    """Why pieces were returned, and a comment on one in five of these."""
    returned = [p for p in pieces(load.plan) if p.state == MaterialState.RETURNED]
    reasons = [reason for reason in Reason if reason != Reason.OWN]
    rows = ((p.key, 1, reasons[p.key % len(reasons)]) for p in returned)
    load.put(ReturnReason, ("material_id", "version", "code"), rows)
    quote, words = TEXT[:4], "请结合本职工作举出具体事例。"
    comments = ((p.key, 1, ASPECTS[0], 0, quote, words, 1) for p in returned[::5])
    columns = ("material_id", "version", "title", "start", "quote", "words", "written_by_id")
    load.put(Comment, columns, comments)
