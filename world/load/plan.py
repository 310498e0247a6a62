"""The shape of a big world: a country in five levels, worked out from a few numbers and the same at every run.

    committee (the whole) → provinces → cities → general branches → branches

Everything a loader needs of a branch follows from its place: which members it has, which of them hold posts, which
groups there are. So no loader reads what another one wrote, and each streams in the memory of one branch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from branches.models import Organisation
from branches.models.members import PostKind
from branches.models.organisations import BranchKind, Kind

FOUNDED = date(2015, 1, 1)
BELOW = 12  # organisations right below an inner one
SMALLEST = 3  # formal members a branch needs (A1-1)
WITH_COMMITTEE = 7  # formal members from which a branch has a committee (A1-3)
GROUP = 8  # members of a group
MEETINGS = 3  # of a branch, where nobody asks for more
POSTS = (PostKind.SECRETARY, PostKind.ORGANISATION, PostKind.PUBLICITY, PostKind.DISCIPLINE)
KINDS = (BranchKind.SINGLE,) * 16 + (BranchKind.RETIRED, BranchKind.JOINT, BranchKind.MOBILE, BranchKind.SINGLE)
PLACES = "云岭|临江|清河|东湖|安平|永宁|长宁|新安|石桥|青山|白沙|金水|玉泉|龙门|凤台|松江"


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation that is no branch."""

    key: int
    path: str
    depth: int
    kind: str
    name: str
    numchild: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch; its members have the keys `first` to `first + size - 1`, in the order of the register."""

    number: int
    key: int
    path: str
    name: str
    kind: str
    above: Node
    first: int
    size: int
    first_group: int

    @property
    def group_count(self) -> int:
        """How many groups it has, with the keys from `first_group` on."""
        return self.size // GROUP if self.size >= 2 * GROUP else 0

    @property
    def held(self) -> tuple[PostKind, ...]:
        """The posts of the first members of its register."""
        return POSTS if self.size - self.probationers >= WITH_COMMITTEE else POSTS[:1]

    @property
    def probationers(self) -> int:
        """How many of the last members are probationary."""
        return 1 if self.size > SMALLEST and self.number % 4 == 1 else 0

    @property
    def exempt(self) -> int | None:
        """The place of the member freed from coming, if any."""
        return self.size - 3 if self.size >= 12 and self.number % 3 == 0 else None

    @property
    def limited(self) -> int | None:
        """The place of the member without the right to vote, if any."""
        return self.size - 4 if self.size >= 12 and self.number % 97 == 5 else None

    def group_of(self, place: int) -> int | None:
        """The key of the group of a member by its place."""
        return self.first_group + place % self.group_count if self.group_count else None

    def is_formal(self, place: int) -> bool:
        return place < self.size - self.probationers

    def may_vote(self, place: int) -> bool:
        return self.is_formal(place) and place != self.limited


class Plan:
    """A world of so many branches, members and meetings. Raises ValueError where the members are too few for them."""

    def __init__(self, branches: int, members: int, *, today: date, seed: int = 1, meetings: int | None = None) -> None:
        if branches < 1 or members < SMALLEST * branches:
            raise ValueError(f"{branches} branches need at least {SMALLEST * max(branches, 1)} members")
        self.today, self.seed, self.members = today, seed, members
        self._meetings = divmod(MEETINGS * branches if meetings is None else meetings, branches)
        self._sizes = self._shares(branches, members)
        self.nodes, parents = self._inner(branches)
        self.branches = tuple(self._branches(parents))

    def meetings_of(self, branch: Branch) -> range:
        """The keys of the meetings of a branch: as many as of any other, or one more."""
        each, over = self._meetings
        first = branch.number * each + min(branch.number, over) + 1
        return range(first, first + each + (branch.number < over))

    def random(self, purpose: str) -> Random:
        """Chance for one purpose, so that a new loader leaves the rows of the others as they were."""
        return Random(f"{self.seed}:{purpose}")

    @cached_property
    def counties(self) -> tuple[Node, ...]:
        """The organisations that run rounds of their own: the third level."""
        return tuple(node for node in self.nodes if node.depth == 3)

    def below(self, node: Node) -> Iterator[Branch]:
        """The branches below an organisation, in set order."""
        return (branch for branch in self.branches if branch.path.startswith(node.path))

    def _shares(self, branches: int, members: int) -> list[int]:
        """How many members each branch has: pairs differ, the sum is exact."""
        chance, each = self.random("sizes"), members // branches
        sizes = [each + (place < members % branches) for place in range(branches)]
        for place in range(0, branches - 1, 2):
            moved = chance.randint(0, each - SMALLEST)
            sizes[place] += moved
            sizes[place + 1] -= moved
        return sizes

    def _inner(self, branches: int) -> tuple[tuple[Node, ...], list[tuple[Node, int]]]:
        """The inner organisations in set order, and each lowest one with its number of branches."""
        widths = [_parts(branches)]  # from the lowest level up: how many hang below each
        while len(widths) < 3:
            widths.insert(0, _parts(len(widths[0])))
        widths.insert(0, [len(widths[0])])
        children = [iter(level) for level in widths]
        nodes: list[Node] = []
        lowest: list[tuple[Node, int]] = []

        def grow(parent: Node | None, step: int) -> None:
            depth = parent.depth + 1 if parent else 1
            below = next(children[depth - 1])
            path = Organisation._get_path(parent.path if parent else "", depth, step)
            kind = Kind.GENERAL_BRANCH if depth == 4 else Kind.COMMITTEE
            node = Node(len(nodes) + 1, path, depth, kind, _name(parent, step), below)
            nodes.append(node)
            if depth == 4:
                lowest.append((node, below))
            else:
                for number in range(1, below + 1):
                    grow(node, number)

        grow(None, 1)
        return tuple(nodes), lowest

    def _branches(self, parents: list[tuple[Node, int]]) -> Iterator[Branch]:
        key, first, group, number = len(self.nodes) + 1, 1, 1, 0
        for parent, below in parents:
            for step in range(1, below + 1):
                path = Organisation._get_path(parent.path, 5, step)
                name = f"{parent.name.removesuffix('总支部委员会')}第{step}支部委员会"
                kind, size = KINDS[number % len(KINDS)], self._sizes[number]
                branch = Branch(number, key, path, name, kind, parent, first, size, group)
                yield branch
                key, first, group, number = key + 1, first + size, group + branch.group_count, number + 1


def _parts(many: int) -> list[int]:
    """`many` shared out to as few parents as hold BELOW each, as evenly as it goes."""
    parents = max(1, -(-many // BELOW))
    return [many // parents + (place < many % parents) for place in range(parents)]


def _name(parent: Node | None, step: int) -> str:
    if parent is None:
        return "中共示例全国委员会"
    words = PLACES.split("|")
    place = words[(step - 1) % len(words)] + (str((step - 1) // len(words) + 1) if step > len(words) else "")
    upper = parent.name.removeprefix("中共").removesuffix("委员会")
    if parent.depth == 1:
        return f"中共{place}省委员会"
    if parent.depth == 2:
        return f"中共{upper}{place}市委员会"
    return f"中共{upper}{place}总支部委员会"
