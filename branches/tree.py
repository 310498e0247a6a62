"""Reading the tree of organisations: always by a range on `path`, never by LIKE (architecture: scope).

treebeard writes the paths: four characters 0-9A-Z a level, so that a whole subtree is one range of an index.
"""

from collections.abc import Iterable

from django.db.models import Q

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
