"""What is told of a report that leaves the house."""

from collections.abc import Sequence
from typing import Any

from appraisals.models import Vote
from appraisals.votes.actions import COUNTERS
from workflow.actions import audit
from workflow.actors import require_any


def note_reports(votes: Sequence[Vote], lines: int, *, actor: Any, address: str) -> None:
    """Tell the audit log who fetched the reports of which votes, with how many lines, from where, with which offices.

    Raises PermissionDenied.
    """
    for vote in votes:
        require_any(actor, COUNTERS, vote)
    keys = " ".join(f"#{vote.pk}" for vote in votes)
    audit(
        "exported", actor=actor, note=f"测评结果报告单 {keys}, {lines}", address=address,
        acted_as=actor.acting_as(votes[0].organisation),
    )  # fmt: skip
