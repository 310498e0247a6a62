"""The result of a branch, told to its members: how many of each grade, and the names of the excellent (F2)."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.grades.chains import Level
from appraisals.grades.metrics import OF_ANNOUNCED
from appraisals.grades.models import Grade, Grading
from appraisals.grades.states import CONTESTED, TOLD
from appraisals.models import RosterEntry
from branches.models.members import Category
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow.actors import Actor, require_any
from workflow.moves import Move, make_move

LEADERS = (Right.LEAD, Right.ENTER_FOR)
NOTHING: dict[str, Any] = {"announced_on": None, "names": [], **{level.value: 0 for level in Level}}


@transaction.atomic
def move_grading(grading: Grading, name: str, *, actor: Actor, note: str = "") -> Move:
    """Announce the result as it stands today, or retract it.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired, ValidationError (somebody has no grade yet, or was not told).
    """
    require_any(actor, LEADERS, grading)
    told = _result(grading) if name == "announce" else NOTHING
    made = make_move(grading, name, actor=actor, note=note, **told)
    recount([grading.organisation_id], Period(round_key=grading.round_id), OF_ANNOUNCED, actor=actor)
    return made


def _result(grading: Grading) -> dict[str, Any]:
    here = {"round": grading.round_id, "organisation": grading.organisation_id}
    due = RosterEntry.objects.due().filter(category=Category.FORMAL, **here)
    grades = Grade.objects.due().filter(entry__round=grading.round_id, entry__organisation=grading.organisation_id)
    ready = grades.filter(state__in=TOLD)
    if waiting := due.count() - ready.count():
        raise ValidationError(_("%(n)d members have no grade yet, or were not told of it.") % {"n": waiting})
    if contested := ready.filter(state__in=CONTESTED).count():
        raise ValidationError(_("%(n)d objections have no answer yet.") % {"n": contested})
    if not ready:
        raise ValidationError(_("Nobody of this branch is graded in this round."))
    counts = Counter(ready.values_list("level", flat=True))
    best = ready.filter(level=Level.EXCELLENT).order_by("entry__member__name_pinyin", "entry__member__name", "pk")
    names = list(best.values_list("entry__member__name", flat=True))
    return {"announced_on": timezone.localdate(), "names": names, **{level.value: counts[level] for level in Level}}
