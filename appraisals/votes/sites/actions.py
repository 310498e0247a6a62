"""How many forms were handed out at each site, and how many came back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.models import Vote, VoteSite
from appraisals.votes.sites.reading import sites_of
from appraisals.votes.states import BEFORE_THE_COUNT, TELLERS
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor, require_any
from workflow.moves import MoveNotAllowed

WRITERS = (*TELLERS, Right.ENTER_FOR)


class SitesChanged(Exception):
    """Somebody saved the sites of this vote after the writer had opened them."""


@transaction.atomic
def write_sites(vote: Vote, lines: Sequence[Mapping[str, Any]], *, actor: Actor, seen: str) -> None:
    """Put these sites (name, issued, collected) in place of those a vote has.

    `seen` is their fingerprint as the writer had opened them. Raises PermissionDenied, MoveNotAllowed, SitesChanged,
    ValidationError.
    """
    require_any(actor, WRITERS, vote)
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if not held.is_outside or held.state not in BEFORE_THE_COUNT:
        raise MoveNotAllowed(_("Sites are entered for a vote outside a meeting, until it is counted."))
    if sites_of(held).fingerprint != seen:
        raise SitesChanged
    names = [line["name"] for line in lines]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValidationError(_("These sites stand here twice: %s.") % "、".join(twice))
    held.sites.all().delete()
    rows = [VoteSite(vote=held, position=n, **line) for n, line in enumerate(lines, 1)]
    for row in rows:
        row.full_clean(exclude=["vote"], validate_unique=False)
    VoteSite.objects.bulk_create(rows)
    note = _("%(sites)d sites, %(issued)d handed out") % {"sites": len(rows), "issued": sum(row.issued for row in rows)}
    record(vote, "sites", actor=actor, rights=WRITERS, note=note)
