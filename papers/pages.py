"""Sizes of paper with their margins in millimetres."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Page:
    """One size of paper. `inner` is the margin at the binding; on one that is `mirrored` it changes sides from leaf to
    leaf, as for printing on both sides."""

    width: int
    height: int
    top: int
    bottom: int
    inner: int
    outer: int
    mirrored: bool = False

    @property
    def within(self) -> int:
        """The width between the margins."""
        return self.width - self.inner - self.outer


OFFICIAL: Final = Page(210, 297, 37, 35, 28, 26)  # GB/T 9704: official documents
FORM_A4: Final = Page(210, 297, 20, 18, 25, 20)
WIDE_A4: Final = Page(297, 210, 20, 15, 17, 17)  # across
BOOK_A4: Final = Page(210, 297, 18, 18, 30, 15, mirrored=True)  # both sides, to be glued into a record book
BOOK_A5: Final = Page(148, 210, 14, 14, 24, 10, mirrored=True)
