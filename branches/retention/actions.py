"""Destroying what has been kept long enough; told by numbers, never by what it said."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from branches.models.organisations import Organisation
from branches.retention.expired import expired
from branches.retention.kinds import Kind, registered
from workflow.actions import audit, record
from workflow.actors import SYSTEM, Actor

DESTROYED = "destroy_kept"


def destroy_expired(today: date, *, actor: Actor = SYSTEM) -> int:
    """Destroy whatever has expired before `today`; how many rows. One history and one audit line for each kind and
    branch. Running again destroys nothing more."""
    actor.require(SYSTEM.RIGHT, None)
    return sum(_destroy(kind, branch, rows, actor) for kind in registered() for branch, rows in expired(kind, today))


@transaction.atomic
def _destroy(kind: Kind, branch: Organisation, rows: QuerySet[Any], actor: Actor) -> int:
    count = kind.destroy(rows) if kind.destroy else rows.delete()[1].get(rows.model._meta.label, 0)
    if count:
        note = f"{kind.name} × {count}"
        record(branch, DESTROYED, actor=actor, note=note)
        audit("kept_destroyed", actor=actor, subject=branch, note=note)
    return count
