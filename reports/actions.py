"""What people ask of this room."""

from collections.abc import Sequence

from branches.models import User
from branches.rights import Right
from jobs.actions import enqueue
from jobs.models import Job
from reports.ledgers import LEDGERS, places


def export(kind: str, query: str, *, actor: User, address: str | None = None, selected: Sequence[int] = ()) -> Job:
    """Owe an export of one of LEDGERS narrowed by a list's query string, or of the `selected` keys alone.

    Raises KeyError, PermissionDenied.
    """
    actor.require(Right.EXPORT, None)
    LEDGERS[kind]
    params = {"query": query[:2000], "selected": list(selected), "within": places(actor), "address": address}
    return enqueue(kind, actor=actor, params=params, address=address)
