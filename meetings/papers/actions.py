"""What is told of a paper that leaves the house."""

from typing import Any

from meetings.models import Meeting, NotesCheck
from workflow.actions import audit


def note_paper(meeting: Meeting | NotesCheck, paper: str, *, actor: Any, address: str) -> None:
    """Tell the audit log who printed or fetched which paper of which meeting or check, from where and as what."""
    # Administrators are blind to content, the theme too: the form of the paper and the number of the record.
    audit("exported", actor=actor, note=f"{paper} #{meeting.pk}", address=address, acted_as=actor.acting_as(meeting))
