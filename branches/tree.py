"""Reading the tree of organisations: always by a range on `path`, never by LIKE (architecture: scope).

treebeard writes the paths: four characters 0-9A-Z a level, so that a whole subtree is one range of an index.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Case, Q, When
from django.db.models.functions import Substr
from django.db.models.lookups import In

FIRST, LAST = "0", "Z"
STEP = 4


def successor(path: str) -> str | None:
    """The smallest path after `path` and everything below it; None where nothing follows.

    A last Z carries: the successor of 000Z is 0010, so that the bound stays inside the alphabet of the tree and
    orders alike under every collation.
    """
    head = path.rstrip(LAST)
    if not head:
        return None
    last = head[-1]
    # Zeros fill up one step and no more: 0010 itself lies below 00100000 and would slip into the range.
    return head[:-1] + ("A" if last == "9" else chr(ord(last) + 1)) + FIRST * (-len(head) % STEP)


def under(path: str, lookup: str = "path") -> Q:
    """The condition “this organisation or one below it”; `lookup` names the path column from the model in hand."""
    after = successor(path)
    inside = Q(**{f"{lookup}__gte": path})
    return inside & Q(**{f"{lookup}__lt": after}) if after else inside


def under_any(paths: Collection[str], lookup: str = "path") -> Q:
    """A condition that holds at and below all of `paths`, and for what lies between them: one range to read."""
    after = successor(max(paths))
    inside = Q(**{f"{lookup}__gte": min(paths)})
    return inside & Q(**{f"{lookup}__lt": after}) if after else inside


def which_of(paths: Collection[str], lookup: str = "path") -> Case:
    """Which of `paths`, none below another, the path in the column is or lies below; NULL where it is none.

    By the prefix, one look into a set a row: a comparison for each path would be felt on 50,000 rows.
    """
    of_length: dict[int, list[str]] = defaultdict(list)
    for path in paths:
        of_length[len(path)].append(path)
    heads = {length: Substr(lookup, 1, length) for length in of_length}
    return Case(*(When(In(heads[length], found), then=heads[length]) for length, found in of_length.items()))


def contains(path: str, other: str) -> bool:
    """True if the organisation at `other` is the one at `path` or below it."""
    return other.startswith(path)


def above(path: str) -> tuple[str, ...]:
    """The paths from the root down to `path` itself."""
    return tuple(path[:end] for end in range(STEP, len(path) + 1, STEP))


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """The given paths without those that lie below another of them, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not contains(kept[-1], path):
            kept.append(path)
    return tuple(kept)
