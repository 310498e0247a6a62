"""What is told of a letter that leaves the house."""

from typing import Any

from appraisals.supervision.models import Visit
from workflow.actions import audit


def note_letter(visit: Visit, title: str, *, actor: Any, address: str) -> None:
    """Tell the audit log who printed or fetched the letter of which visit, from where and with which offices."""
    audit("exported", actor=actor, note=f"{title} #{visit.pk}", address=address, acted_as=actor.acting_as(visit))
