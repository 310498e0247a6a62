"""What a ledger would add to the problems as they are now: what stands there already is not written twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from rectification.imports.reading import Line
from rectification.problems.models import Problem
from rectification.problems.states import ProblemState

NAMESPACE = UUID("6f6f1d0e-2f1f-5d6c-9d3a-7a2b5d8c4e10")
Key = tuple[int, str, int | None, str]


@dataclass
class Plan:
    """The lines that are new, each with the key that makes it one row for good, and those that are known."""

    new: list[tuple[Line, UUID]] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)


def planned(lines: Iterable[Line]) -> Plan:
    """Compare lines with the problems of their branches, by branch, whose it is and its words. Two queries at most."""
    found, plan = list(lines), Plan()
    standing, void = _known({line.branch.row.pk for line in found})
    for line in found:
        key = key_of(line)
        if key in standing:
            plan.same.append(line)
            continue
        standing.add(key)
        plan.new.append((line, uuid5(NAMESPACE, f"{key}:{void.get(key, 0)}")))
    return plan


def key_of(line: Line) -> Key:
    """By what two lines are the same problem."""
    return line.branch.row.pk, line.facts["whose"], line.facts["member"], _plain(line.facts["text"])


def _known(branches: set[int]) -> tuple[set[Key], dict[Key, int]]:
    """The keys of what stands there, and how often each was made void: what was void may be imported anew."""
    rows = Problem.objects.filter(organisation__in=branches)
    standing: set[Key] = set()
    void: dict[Key, int] = {}
    for place, whose, member, text, state in rows.values_list("organisation", "whose", "member", "text", "state"):
        key = (place, whose, member, _plain(text))
        if state == ProblemState.VOID:
            void[key] = void.get(key, 0) + 1
        else:
            standing.add(key)
    return standing, void


def _plain(words: str) -> Any:
    return "".join(words.split())
