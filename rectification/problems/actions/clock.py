"""What the clock does with problems: marking those whose day has passed, so that figures count them."""

from django.db import transaction
from django.utils import timezone

from rectification.problems.actions.counting import count
from rectification.problems.models import Problem
from workflow.actors import SYSTEM, Actor

CHUNK = 500


@transaction.atomic
def mark_late(*, actor: Actor = SYSTEM) -> int:
    """Mark what is overdue since the last look and unmark what is so no more; how many changed. Raises
    PermissionDenied for anybody but the clock."""
    actor.require(SYSTEM.RIGHT, None)
    late = Problem.objects.overdue(timezone.localdate())
    fresh = late.filter(late_marked=False)
    mended = Problem.objects.filter(late_marked=True).exclude(pk__in=late.values("pk"))
    changed = 0
    for rows, is_late in ((fresh, True), (mended, False)):
        found = list(rows.only("pk", "organisation", "round", "year"))
        for start in range(0, len(found), CHUNK):
            part = found[start : start + CHUNK]
            Problem.objects.filter(pk__in=[row.pk for row in part]).update(late_marked=is_late)
        count(found, actor=actor)
        changed += len(found)
    return changed
