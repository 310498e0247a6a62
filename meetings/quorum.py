"""Whether a meeting may decide: 条例 art. 11, half of those with the right to vote, half included (2P ≥ D)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Count:
    """The numbers of one sitting, in persons: 应参加, 实到, 请假; with the right to vote 应到会 and 实到会; freed ones.

    Three denominators, never one (F8).
    """

    due: int
    present: int
    on_leave: int
    voting_due: int
    voting_present: int
    freed: int
    freed_voting: int

    @classmethod
    def over(cls, lines: Iterable[tuple[str, bool, bool]]) -> "Count":
        """Of an attendance list: status, is_due and may_vote of each line."""
        each = [_line(*line) for line in lines]
        return cls(*(sum(adds[place] for adds in each) for place, _field in enumerate(fields(cls))))

    @classmethod
    def of(cls, meeting: Any) -> "Count":
        """Of a meeting, which keeps them as its columns."""
        return cls(*(getattr(meeting, field.name) for field in fields(cls)))

    @property
    def listed(self) -> int:
        """Everybody of the register of that day, due or not."""
        return self.due + self.freed

    @property
    def share(self) -> str:
        """The rate of attendance 到会率, of those due: 98.5%; empty where nobody was."""
        return f"{100 * self.present / self.due:.1f}%" if self.due else ""

    @property
    def needed(self) -> int:
        """How many with the right to vote make a quorum."""
        return (self.voting_due + 1) // 2

    @property
    def lacking(self) -> int:
        """How many more with the right to vote must be there before the meeting may decide."""
        return max(0, self.needed - self.voting_present)

    @property
    def has_quorum(self) -> bool:
        """True from half of those due on; a meeting without voters decides nothing."""
        return self.voting_due > 0 and 2 * self.voting_present >= self.voting_due

    @property
    def absent(self) -> int:
        """Due, neither here nor on leave."""
        return self.due - self.present - self.on_leave


def _line(status: str, is_due: bool, may_vote: bool) -> tuple[bool, ...]:
    """What one line adds to each number, in their order."""
    came, on_leave = status == "present", status == "on_leave"
    return is_due, came, is_due and on_leave, may_vote, may_vote and came, not is_due, not is_due and may_vote
