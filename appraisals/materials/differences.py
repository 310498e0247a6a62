"""What changed from one version to the next: by sentence, and by sign within a sentence that was only touched up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SENTENCE = re.compile(r"[^。；！？\n]*(?:[。；！？]+|\n+|$)")
ALIKE = 0.5  # from here on two sentences are one, touched up
SHORTEST = 2  # signs in common between two changes: fewer are chance, and marked along
MOST_PAIRS, LONGEST = 400, 600  # past these, sentences are compared whole: a page must not take seconds


@dataclass(frozen=True)
class Piece:
    """Some sentences or signs: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """A version, and by aspect how it came out of the one before; None for the first."""

    version: Any
    changes: list[tuple[str, list[Piece]]] | None
    before: int = 0


def compared(versions: Sequence[Any]) -> list[Compared]:
    """The versions in hand, newest first as they were read, each beside the one handed in before it."""
    older = [*versions[1:], *([None] if versions else [])]
    return [
        Compared(new, list(_sections(old.sections, new.sections)), old.number) if old else Compared(new, None)
        for new, old in zip(versions, older, strict=True)
    ]


def _sections(old: list[list[str]], new: list[list[str]]) -> Iterator[tuple[str, list[Piece]]]:
    """Only the aspects that changed."""
    before = dict(old)
    for title, text in new:
        if text != before.get(title, ""):
            yield title, pieces(before.get(title, ""), text)


def pieces(old: str, new: str) -> list[Piece]:
    """`new` in order, with what was taken out of `old` where it stood."""
    before, after = sentences(old), sentences(new)
    found: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[i:j])))
        else:
            found += _replaced(before[i:j], after[k:m])
    return found


def _replaced(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Sentences that gave way to others; of two that are alike only the signs that changed."""
    i = k = 0
    for j, m in _twins(before, after):
        yield from _whole(before[i:j], after[k:m])
        yield from _signs(before[j], after[m])
        i, k = j + 1, m + 1
    yield from _whole(before[i:], after[k:])


def _whole(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for kind, words in (("removed", "".join(before)), ("added", "".join(after))):
        if words:
            yield Piece(kind, words)


def _twins(before: list[str], after: list[str]) -> Iterator[tuple[int, int]]:
    """The places of sentences that are alike, in order on both sides."""
    start = 0
    if len(before) * len(after) > MOST_PAIRS:
        return
    for m, sentence in enumerate(after):
        j = next((j for j in range(start, len(before)) if _is_alike(before[j], sentence)), None)
        if j is not None:
            yield j, m
            start = j + 1


def _is_alike(old: str, new: str) -> bool:
    if max(len(old), len(new)) > LONGEST:
        return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _signs(old: str, new: str) -> Iterator[Piece]:
    """One sentence, with what was taken out and put in where it happened."""
    i = k = 0
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for j, m, size in matcher.get_matching_blocks():
        is_edge = j == m == 0 or (j + size == len(old) and m + size == len(new))
        if size < SHORTEST and not is_edge:
            continue
        yield from _whole(old[i:j], new[k:m])
        if size:
            yield Piece("same", old[j : j + size])
        i, k = j + size, m + size


def sentences(text: str) -> list[str]:
    """The text cut after 。；！？ and line breaks; joined again they are the text."""
    return [part for part in SENTENCE.findall(text.replace("\r\n", "\n")) if part]
