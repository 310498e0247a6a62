"""From opened ballots to totals, twice: row by row and column by column, by code that shares nothing but the lines.

Totals leave this module, a ballot never does.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ballots.marks import Asked, by_sheet, faults, unpacked
from ballots.models import ABSTAIN


@dataclass(frozen=True)
class Totals:
    """What a count found: ballots of each sheet by its key (valid, invalid), marks by (key of the line, option)."""

    ballots: dict[int, tuple[int, int]]
    marks: dict[tuple[int, int], int]


class CountsDiffer(Exception):
    """The two ways of counting found different totals: nothing is written."""


def count(lines: Sequence[Asked], bodies: Sequence[bytes]) -> Totals:
    """The totals of opened ballots. Raises CountsDiffer."""
    one, other = by_rows(lines, bodies), by_columns(lines, bodies)
    if one != other:
        raise CountsDiffer
    return one


def by_rows(lines: Sequence[Asked], bodies: Sequence[bytes]) -> Totals:
    """Ballot after ballot, as a teller reads them out."""
    valid: Counter[int] = Counter()
    marks: Counter[tuple[int, int]] = Counter()
    for body in bodies:
        read = unpacked(body)
        spoilt = faults(lines, read)
        for key, pairs in by_sheet(lines, read):
            valid[key] += key not in spoilt
            if key not in spoilt:
                marks += Counter((line.key, option) for line, bits in pairs for option in line.chosen(bits))
    ballots = {line.sheet_key: (valid[line.sheet_key], len(bodies) - valid[line.sheet_key]) for line in lines}
    every = ((line.key, option) for line in lines for option in range(len(line.options) + 1))
    return Totals(ballots, {place: marks[place] for place in every})


def by_columns(lines: Sequence[Asked], bodies: Sequence[bytes]) -> Totals:
    """Line after line over all ballots, as a sheet of 正 is filled."""
    columns = [[int.from_bytes(body[4 * at : 4 * at + 4], "little") for body in bodies] for at in range(len(lines))]
    places = defaultdict(list)
    for at, line in enumerate(lines):
        places[line.sheet_key].append(at)
    ballots, marks = {}, {}
    for key, parts in places.items():
        rows = [place for place in range(len(bodies)) if _may_count(lines, columns, parts, place)]
        ballots[key] = (len(rows), len(bodies) - len(rows))
        for at in parts:
            column, width = [columns[at][place] for place in rows], len(lines[at].options)
            marks[lines[at].key, ABSTAIN] = sum(not bits for bits in column)
            for option in range(1, width + 1):
                marks[lines[at].key, option] = sum(bits // 2 ** (option - 1) % 2 for bits in column)
    return Totals(ballots, marks)


def _may_count(lines: Sequence[Asked], columns: list[list[int]], parts: list[int], place: int) -> bool:
    firsts = 0
    for at in parts:
        bits = columns[at][place]
        firsts += bits % 2
        if bits >= 2 ** len(lines[at].options) or bin(bits).count("1") > lines[at].most:
            return False
    limit = lines[parts[0]].limit
    return limit is None or firsts <= limit
