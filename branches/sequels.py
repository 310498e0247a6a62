"""What came of a row: an upper room tells the page of a lower one what has followed from it, and how one begins.

    sequels.register(labels, follow=lambda ref, user: …, begin=lambda row, ref, user: …)

`ref` is the name under which history speaks of the row (`app.model:key`): the upper room keeps it and no foreign key,
so that whoever reads what followed need not be able to open where it came from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from workflow.models import subject_key


@dataclass(frozen=True, slots=True)
class Sequel:
    """One row that followed, for whoever may see it; it moves, so that its state stands beside it."""

    words: str
    row: Any


Follow = Callable[[str, Any], Iterable[Sequel]]
Begin = Callable[[Any, str, Any], tuple[str | Promise, str] | None]
_kinds: dict[str, dict[str, tuple[Follow, Begin]]] = {}  # by model, then by who registered


def register(labels: Iterable[str], *, follow: Follow, begin: Begin) -> None:
    """Of rows of these models (`app.model`): `follow(ref, user)` tells what followed, `begin(row, ref, user)` label and
    address of the page on which one more is written down, None for whoever may not."""
    for label in labels:
        _kinds.setdefault(label, {})[follow.__module__] = (follow, begin)


def of(row: Any, user: Any) -> dict[str, Any]:
    """For components/_sequels.html: what followed from this row, as far as `user` sees it, and how to write one more
    down. One query for each kind that may follow from such rows, none for others."""
    kinds = _kinds.get(row._meta.label_lower, {}).values()
    ref = subject_key(row) if kinds else ""
    begins = [found for _follow, begin in kinds if (found := begin(row, ref, user))]
    return (
        {"followed": [one for follow, _begin in kinds for one in follow(ref, user)], "begins": begins} if kinds else {}
    )
