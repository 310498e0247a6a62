"""What was typed for the decisions of one sitting, and the rows it becomes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from meetings.decisions.kinds import BUSINESS_KINDS, Method
from meetings.decisions.votes import Vote


@dataclass(frozen=True)
class Motion:
    """One matter to decide, with its numbers in persons; None for one not typed yet. `present` is typed only where
    fewer took part in the vote than came to the meeting."""

    subject: str
    business: str
    method: str = Method.HANDS
    present: int | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    written_yes: int = 0
    announced: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A member left out of those due at the elections and disposals of the sitting."""

    member_id: int
    ground: str
    consent_by: str = ""
    consent_on: date | None = None
    reference: str = ""
    resolution: str = ""


@dataclass(frozen=True)
class Voters:
    """Those of an attendance list with the right to vote on the day, by key: everybody, and who came."""

    due: Collection[int] = field(default=frozenset())
    present: Collection[int] = field(default=frozenset())

    @classmethod
    def over(cls, lines: Iterable[dict[str, Any]]) -> "Voters":
        """Of lines of an attendance list, as columns."""
        voting = [line for line in lines if line["may_vote"]]
        came = frozenset(line["member_id"] for line in voting if line["status"] == "present")
        return cls(frozenset(line["member_id"] for line in voting), came)

    def due_for(self, business: str, left_out: Collection[int]) -> int:
        """How many are due when this is voted on. Elections and disposals alone leave somebody out, never who came."""
        out = set(left_out) - set(self.present) if BUSINESS_KINDS[business].excludes else set()
        return len(set(self.due) - out)


def decided(motions: Sequence[Motion], left_out: Sequence[LeftOut], voters: Voters) -> Iterator[dict[str, Any]]:
    """The columns of a Decision for each motion, with those due and present, and what came of it."""
    out = [one.member_id for one in left_out]
    for motion in motions:
        columns = asdict(motion)
        columns["due"] = voters.due_for(motion.business, out)
        columns["present"] = len(voters.present) if motion.present is None else motion.present
        vote = Vote(**{name: columns[name] for name in Vote.__dataclass_fields__})
        yield columns | {"outcome": vote.outcome}
