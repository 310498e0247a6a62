"""How many members a part of the tree has today: counted, and remembered for a minute where there are very many.

Only whole numbers are asked here, the same for every reader. A county is counted anew for each page; half a million
people take half a second, and nobody opens them one by one to find that the last minute is missing.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

from django.core.cache import cache

from branches.tree import contains

MANY: Final = 20_000
SECONDS = 60
Count = Callable[[list[str]], list[tuple[str, int]]]


def head_counts(paths: Collection[str], day: date, count: Count) -> dict[str, int]:
    """The number of members at and below each of `paths`; `count` gives those at the lowest of its paths, one query."""
    keys = {path: f"members:{day}:{path}" for path in paths}
    remembered = cache.get_many(list(keys.values())) if keys else {}
    asked = [path for path, key in keys.items() if key not in remembered]
    found = count(asked) if asked else []
    fresh = {keys[path]: sum(number for place, number in found if contains(path, place)) for path in asked}
    if sum(number for _, number in found) > MANY:
        cache.set_many(fresh, SECONDS)
    return {path: (remembered | fresh)[key] for path, key in keys.items()}
