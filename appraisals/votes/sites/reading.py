"""The sites of a vote, and what they add up to."""

import hashlib
from dataclasses import dataclass

from appraisals.models import Vote, VoteSite

COLUMNS = ("name", "issued", "collected")


@dataclass(frozen=True)
class Sites:
    """Sites in their order with their totals; false where none is entered."""

    rows: tuple[VoteSite, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def issued(self) -> int:
        """Forms handed out at all of them."""
        return sum(row.issued for row in self.rows)

    @property
    def collected(self) -> int | None:
        """Forms that came back to all of them; None while a site has not told its number."""
        numbers = [row.collected for row in self.rows]
        return sum(n for n in numbers if n is not None) if self.rows and None not in numbers else None

    @property
    def lines(self) -> list[dict[str, object]]:
        """As columns."""
        return [{"name": row.name, "issued": row.issued, "collected": row.collected} for row in self.rows]

    @property
    def fingerprint(self) -> str:
        """The same while nobody has saved others."""
        return hashlib.sha256(repr(self.lines).encode()).hexdigest()


def sites_of(vote: Vote) -> Sites:
    """One query; none for a vote at a meeting."""
    return Sites(tuple(vote.sites.all()) if vote.is_outside else ())
