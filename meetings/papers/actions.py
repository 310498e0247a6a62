"""What is told of a paper that leaves the house."""

from typing import Any

from meetings.models import Meeting
from workflow.actions import audit


def note_paper(meeting: Meeting, paper: str, *, actor: Any, address: str) -> None:
    """Tell the audit log who printed or fetched which paper of which meeting, from where and with which offices."""
    # Administrators are blind to content, the theme too: the form of the paper and the number of the record.
    audit("exported", actor=actor, note=f"{paper} #{meeting.pk}", address=address, acted_as=actor.acting_as(meeting))
