"""What one ballot says, as numbers: for each line of its sheets, in order, the set of options marked as bits.

Bit n - 1 stands for option n of the line; no bit is 弃权, which is always legal. Four bytes a line, whatever is marked,
so that every ballot of a poll is as long as every other.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.utils.translation import gettext as _

from ballots.models import ABSTAIN, Poll, Sheet

Marks = tuple[int, ...]  # bits of each line


@dataclass(frozen=True)
class Asked:
    """One line as ballot, count and pages need it; `number` runs over the lines of its sheet from 1."""

    key: int
    sheet_key: int
    number: int
    heading: str
    label: str
    options: tuple[str, ...]
    most: int
    limit: int | None

    def chosen(self, bits: int) -> list[int]:
        """The numbers of the options marked, ABSTAIN alone where none is."""
        return [place + 1 for place in range(len(self.options)) if bits >> place & 1] or [ABSTAIN]

    def words(self, bits: int) -> str:
        """What was marked, in words."""
        return "、".join(self.options[number - 1] for number in self.chosen(bits) if number) or _("Abstain")


def lines_of(poll: Poll) -> Sequence[Asked]:
    """The lines of a poll in the order in which ballots hold them. Two queries; none once its slips are out, for then
    they never change."""
    return _fixed(poll.pk, bytes(poll.public_key)) if poll.public_key else lines_of_all([poll.pk])[poll.pk]


@lru_cache(maxsize=200)
def _fixed(poll: int, public_key: bytes) -> Sequence[Asked]:
    return lines_of_all([poll])[poll]


def lines_of_all(polls: Sequence[int]) -> dict[int, Sequence[Asked]]:
    """By the key of its poll what `lines_of` finds. Two queries."""
    found: dict[int, list[Asked]] = {poll: [] for poll in polls}
    for sheet in Sheet.objects.filter(poll__in=polls).prefetch_related("lines"):
        for number, line in enumerate(sheet.lines.all(), 1):
            options = tuple(line.options or sheet.scale)
            told = (line.heading, line.label, options, line.most, sheet.limit)
            found[sheet.poll_id].append(Asked(line.pk, sheet.pk, number, *told))
    return {poll: tuple(lines) for poll, lines in found.items()}


def by_sheet(lines: Sequence[Asked], marks: Marks) -> Iterator[tuple[int, list[tuple[Asked, int]]]]:
    """(key of the sheet, its lines with their bits), sheet after sheet."""
    pairs = list(zip(lines, marks, strict=True))
    for key, part in groupby(pairs, key=lambda pair: pair[0].sheet_key):
        yield key, list(part)


def read(lines: Sequence[Asked], posted: Mapping[str, Sequence[str]]) -> Marks:
    """The marks of a posted form: fields `m<key of the line>`, values numbers of options; what is no option of the line
    counts as not marked."""
    return tuple(_bits(line, posted.get(f"m{line.key}", ())) for line in lines)


def _bits(line: Asked, values: Sequence[str]) -> int:
    known = {str(number): 1 << number - 1 for number in range(1, len(line.options) + 1)}
    return sum({known[value] for value in values if value in known})


def faults(lines: Sequence[Asked], marks: Marks) -> dict[int, list[str]]:
    """What makes each sheet invalid, in words, by its key; a sheet that may be counted has none."""
    return {key: found for key, pairs in by_sheet(lines, marks) if (found := list(_faults(pairs)))}


def _faults(pairs: list[tuple[Asked, int]]) -> Iterator[str]:
    limit, first = pairs[0][0].limit, sum(bits & 1 for _line, bits in pairs)
    if limit is not None and first > limit:
        words = _("“%(option)s” is marked %(count)d times; at most %(limit)d are allowed.")
        yield words % {"option": pairs[0][0].options[0], "count": first, "limit": limit}
    for line, bits in pairs:
        if bits >> len(line.options):
            yield _("%(line)s: this is none of the options.") % {"line": line.label}
        elif bits.bit_count() > line.most:
            yield _("%(line)s: at most %(most)d may be marked.") % {"line": line.label, "most": line.most}


def packed(marks: Marks) -> bytes:
    """Four bytes a line."""
    return struct.pack(f"<{len(marks)}I", *marks)


def unpacked(body: bytes) -> Marks:
    return struct.unpack(f"<{len(body) // 4}I", body)
