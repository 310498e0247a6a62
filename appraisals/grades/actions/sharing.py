"""Distributing the 优秀 of a pool among its branches, in whole numbers (F16)."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.grades.models import Grading
from appraisals.grades.quotas import limit_of, sizes_below
from branches.rights import Right
from workflow.actions import record_many
from workflow.actors import Actor


@transaction.atomic
def share_out(grading: Grading, shares: Mapping[int, int | None], *, actor: Actor) -> None:
    """Give branches of the pool of this one, by key of their gradings, so many each; None: nothing is laid down. The
    others keep what they have. Raises PermissionDenied, ValidationError (more than the pool allows, or no pool)."""
    limit = limit_of(grading)
    actor.require(Right.LEAD_ABOVE, limit.place)
    if not limit.is_pooled:
        raise ValidationError(_("Here each branch is counted by itself: there is nothing to distribute."))
    sizes = sizes_below(grading, limit.place, limit.terms)
    inside = Grading.objects.filter(round=grading.round_id, organisation__in=sizes).order_by("pk")
    rows = list(inside.select_related("organisation", "round").select_for_update(of=["self"]))
    changed = [row for row in rows if row.pk in shares and row.share != shares[row.pk]]
    for row in changed:
        row.share = shares[row.pk]
        row.clean_fields(exclude=["round", "organisation", "names"])
    if (given := sum(row.share or 0 for row in rows)) > limit.allowed:
        told = {"given": given, "allowed": limit.allowed}
        raise ValidationError(_("%(given)d would be distributed, the pool allows %(allowed)d.") % told)
    Grading.objects.bulk_update(changed, ["share"])
    notes = [str(row.share) if row.share is not None else "" for row in changed]
    record_many(changed, "share", actor=actor, rights=[Right.LEAD_ABOVE], notes=notes)
