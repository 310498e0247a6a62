"""What came of an opinion, as far as it was made public. A room above that knows registers how to find it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """One problem with its measures, in the words in which everybody may read them."""

    problem: str
    measures: str
    post: str
    so_far: str
    state: str


_found: list[Callable[[tuple[str, ...]], Iterable[Outcome]]] = []


def register(find: Callable[[tuple[str, ...]], Iterable[Outcome]]) -> None:
    """Let a room above say what came of rows, given by the names under which history speaks of them."""
    _found.append(find)


def of(opinion: Any) -> list[Outcome]:
    """What came of one opinion or of the digest it went into."""
    refs = [f"appraisals.opinion:{opinion.pk}"]
    if opinion.digest_id:
        refs.append(f"appraisals.digest:{opinion.digest_id}")
    return [outcome for find in _found for outcome in find(tuple(refs))]
