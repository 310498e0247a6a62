"""What changed from one version to the next, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SENTENCE = re.compile(r"[^。；！？\n]*(?:[。；！？]+|\n+|$)")


@dataclass(frozen=True)
class Piece:
    """Some sentences: `kind` is same, added or removed."""

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
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[i:j])))
            continue
        if i < j:
            found.append(Piece("removed", "".join(before[i:j])))
        if k < m:
            found.append(Piece("added", "".join(after[k:m])))
    return found


def sentences(text: str) -> list[str]:
    """The text cut after 。；！？ and line breaks; joined again they are the text."""
    return [part for part in SENTENCE.findall(text.replace("\r\n", "\n")) if part]
