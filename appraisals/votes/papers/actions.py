"""What is told of a report that leaves the house."""

from typing import Any

from appraisals.models import Vote
from appraisals.votes.actions import COUNTERS
from workflow.actions import audit
from workflow.actors import require_any


def note_report(vote: Vote, lines: int, *, actor: Any, address: str) -> None:
    """Tell the audit log who fetched the report of which vote, with how many lines, from where, with which offices.

    Raises PermissionDenied.
    """
    require_any(actor, COUNTERS, vote)
    audit(
        "exported", actor=actor, note=f"测评结果报告单 #{vote.pk}, {lines}", address=address,
        acted_as=actor.acting_as(vote.organisation),
    )  # fmt: skip
