"""What is told of a list that leaves the house."""

from typing import Any

from branches.models import Organisation
from workflow.actions import audit


def note_list(branch: Organisation, title: str, rows: int, *, actor: Any, address: str) -> None:
    """Tell the audit log who printed or fetched the list of which branch, from where and with which offices."""
    told = f"{title} #{branch.pk}, {rows}"
    audit("exported", actor=actor, note=told, address=address, acted_as=actor.acting_as(branch))
