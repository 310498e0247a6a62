"""Votes of a big world: one branch in ten of a round has counted one on paper and confirmed it; no slips are out."""

from collections.abc import Iterator

from appraisals.models import Partner, Subject, Vote, VoteSite
from appraisals.votes.models import Way
from appraisals.votes.names import OF_COMMITTEE, OF_MEMBERS
from appraisals.votes.sheets import Scale
from appraisals.votes.states import VoteState
from ballots.models import Count, Line, Poll, Sheet, Tally
from workflow.models import History
from world.load.opinions import of_rounds
from world.load.plan import Branch
from world.load.registry import Load, fills
from world.load.work import COLUMNS, SYSTEM

EVERY = 10  # branches
OUTSIDE, TOGETHER = 7, 5  # votes
WIDTH = len(Scale.GRADES.words) + 1  # options of a line, 弃权 among them


def _votes(load: Load) -> Iterator[tuple[int, Branch, int, int]]:
    """Key of vote and poll, branch, key of the round, key of the first line; the sheets have the keys 2k - 1 and 2k."""
    first = 1
    for place, (branch, round_key, _first) in enumerate(of_rounds(load.plan)):
        if place % EVERY == 0:
            yield place // EVERY + 1, branch, round_key, first
            first += branch.size + 1


@fills(Poll, Sheet, Line, Count, Tally)
def polls(load: Load) -> None:
    """Every member rated 合格 by all but one, who marked 优秀; the committee rated 好 by all."""
    load.put(Poll, ("id", "is_open", "issued", "min_show"), ((k, False, 0, 5) for k, *_more in _votes(load)))
    load.put(Sheet, ("id", "poll_id", "position", "title", "about_people", "scale"), (
        row for k, *_more in _votes(load)
        for row in ((2 * k - 1, k, 1, OF_MEMBERS, True, list(Scale.GRADES.words)),
                    (2 * k, k, 2, OF_COMMITTEE, False, list(Scale.BODY.words)))
    ))  # fmt: skip
    load.put(Line, ("id", "sheet_id", "position", "heading", "label", "most"), (
        row for k, b, _round, first in _votes(load)
        for row in (*((first + n, 2 * k - 1, n + 1, "", f"党员{n + 1}", 1) for n in range(b.size)),
                    (first + b.size, 2 * k, 1, "", b.name, 1))
    ))  # fmt: skip
    load.put(Count, ("sheet_id", "issued", "collected", "valid", "invalid"), (
        (sheet, b.size, b.size, b.size, 0) for k, b, *_more in _votes(load) for sheet in (2 * k - 1, 2 * k)
    ))  # fmt: skip
    load.put(Tally, ("line_id", "option", "n"), (
        (first + n, option, _marks(b, n, option))
        for _k, b, _round, first in _votes(load) for n in range(b.size + 1) for option in range(WIDTH)
    ))  # fmt: skip


def _neighbour(load: Load, branch: Branch) -> list[Branch]:
    """The next branch, where it has the same superior."""
    return [one for one in load.plan.branches[branch.number + 1 : branch.number + 2] if one.above == branch.above]


def _marks(branch: Branch, place: int, option: int) -> int:
    if place == branch.size:
        return branch.size if option == 1 else 0
    return {1: 1, 2: branch.size - 1}.get(option, 0)


@fills(Vote, Subject, VoteSite, Partner)
def votes(load: Load) -> None:
    """Each with its members as those it is about, and its three steps in the history; one in seven outside one, one in
    five with a neighbour that votes along."""
    columns = ("id", "organisation_id", "round_id", "poll_id", "title", "held_on", "until", "way", "voters",
               "scrutineer_name", "teller_name", "state")  # fmt: skip
    day = load.plan.today
    load.put(Vote, columns, (
        (k, b.key, round_key, k, "民主评议党员测评", day, None if k % OUTSIDE else day, Way.PAPER, b.size, "监票人",
         "计票人", VoteState.CONFIRMED)
        for k, b, round_key, _first in _votes(load)
    ))  # fmt: skip
    load.put(Subject, ("line_id", "vote_id", "member_id", "branch_id"), (
        (first + n, k, b.first + n, b.key) for k, b, _round, first in _votes(load) for n in range(b.size)
    ))  # fmt: skip
    load.put(VoteSite, ("vote_id", "position", "name", "issued", "collected"), (
        (k, place, name, n, n) for k, b, *_more in _votes(load) if not k % OUTSIDE
        for place, name, n in ((1, "服务大厅", b.size // 2), (2, "办事窗口", b.size - b.size // 2))
    ))  # fmt: skip
    load.put(Partner, ("vote_id", "organisation_id"), (
        (k, near.key) for k, b, *_more in _votes(load) if not k % TOGETHER for near in _neighbour(load, b)
    ))  # fmt: skip
    load.put(History, COLUMNS, (
        (f"appraisals.vote:{k}", "民主评议党员测评", str(b.key), b.path, b.name, move, source, target, *SYSTEM)
        for k, b, *_more in _votes(load)
        for move, source, target in (("create", "", "prepared"), ("count", "prepared", "counted"),
                                     ("confirm", "counted", "confirmed"))
    ))  # fmt: skip
