"""Which branches may vote along: neighbours under the same superior, where one above allows it (F4)."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from appraisals.votes.rules import may_vote_together
from branches.models import Organisation
from branches.models.dated import holds
from branches.tree import STEP, under


def neighbours(organisation: Organisation, day: date) -> list[Organisation]:
    """The other branches right below the same superior that stand on that day, in set order; none where no superior
    lets branches vote together."""
    above = organisation.path[:-STEP]
    if not above or not may_vote_together(organisation, day):
        return []
    rows = Organisation.objects.branches().filter(under(above), holds(day), depth=organisation.depth)
    return list(rows.exclude(pk=organisation.pk).order_by("path"))


def require_neighbours(organisation: Organisation, day: date, along: Collection[Organisation]) -> None:
    """Raises ValidationError where one of these may not vote along."""
    allowed = {one.pk for one in neighbours(organisation, day)} if along else set()
    if others := [one.label for one in along if one.pk not in allowed]:
        raise ValidationError(_("These branches cannot vote along here: %s.") % "、".join(others))
