"""Whether a meeting may decide: 条例 art. 11, half of those with the right to vote, half included (2P ≥ D)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Count:
    """The numbers of one sitting, in persons. Three denominators, never one (F8)."""

    due: int
    present: int
    on_leave: int
    voting_due: int
    voting_present: int
    freed: int = 0
    freed_voting: int = 0

    @classmethod
    def of(cls, meeting: Any) -> "Count":
        """From a meeting read `with_counts()`."""
        return cls(
            meeting.due, meeting.present, meeting.on_leave, meeting.voting_due, meeting.voting_present,
            meeting.freed, meeting.freed_voting,
        )  # fmt: skip

    @property
    def listed(self) -> int:
        """Everybody of the register of that day, due or not."""
        return self.due + self.freed

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
