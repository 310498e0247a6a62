"""What the page of a record prints of its decisions, for whom."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from meetings.decisions.kinds import BUSINESS_KINDS, Business
from meetings.decisions.votes import TONES, Outcome, told
from meetings.models import Decision, DueExclusion
from shell.formats import badge


@dataclass(frozen=True)
class Decided:
    """One decision as it is printed: with its arithmetic, its outcome and the clause it follows."""

    row: Decision

    @property
    def arithmetic(self) -> str:
        return told(self.row.vote)

    @property
    def outcome(self) -> SafeString:
        return outcome_badge(self.row)

    @property
    def clause(self) -> str:
        return str(BUSINESS_KINDS[self.row.business].clause)

    @property
    def level(self) -> str:
        return str(BUSINESS_KINDS[self.row.business].level.label)

    @property
    def business(self) -> str:
        return str(Business(self.row.business).label)


def decided(meeting: Any, user: Any) -> list[Decided]:
    """The decisions of a record that this person may read, in its order."""
    return [Decided(row) for row in Decision.objects.visible_to(user).filter(meeting=meeting)]


def left_out(meeting: Any, user: Any) -> list[DueExclusion]:
    """Who was left out of those due at its elections and disposals, where this person reads it."""
    return list(DueExclusion.objects.visible_to(user).filter(meeting=meeting).select_related("member"))


def outcome_badge(row: Any) -> SafeString:
    """The outcome in its word, on the ground that belongs to it."""
    outcome = Outcome(row.outcome)
    return badge(outcome.label, TONES.get(outcome, "neutral"))
