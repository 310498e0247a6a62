"""What people ask of this room."""

from branches.rights import Right
from jobs.actions import enqueue
from jobs.models import Job
from reports.ledgers import LEDGERS
from workflow.actors import Actor


def export(kind: str, query: str, *, actor: Actor) -> Job:
    """Owe an export of one of LEDGERS narrowed by a list's query string. Raises KeyError, PermissionDenied."""
    actor.require(Right.EXPORT, None)
    LEDGERS[kind]
    return enqueue(kind, actor=actor, params={"query": query[:2000]})
