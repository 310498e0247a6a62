"""What a visit brings with it: items to make up for what falls short (补课、返工), and the numbers of visits."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from appraisals.rounds.actions import makeup
from appraisals.rounds.models import MakeupItem, Progress
from appraisals.rounds.states import OUT, UNDER_WAY, MakeupState, ProgressState
from appraisals.supervision.metrics import IN_ROUND, IN_YEAR
from appraisals.supervision.models import Visit, VisitLine
from branches.models import User
from figures.actions import recount
from figures.registry import Period
from workflow.moves import make_moves


def owe_for(visit: Visit, lines: Sequence[VisitLine], *, actor: User, old: Visit | None, reason: str) -> None:
    """Lay down an item for each line that wants one; a correction keeps those of `old` and takes back the others.

    Raises PermissionDenied, ValidationError.
    """
    wanted = [line for line in lines if line.wants_makeup]
    kept = _kept(old, wanted)
    if old is not None:
        take_back(old, actor=actor, reason=reason, but={item.pk for item in kept.values()})
    fresh = [line for line in wanted if line.code not in kept]
    made = iter(_owed(visit, fresh, actor) if fresh else ())
    for line in wanted:
        line.item = kept.get(line.code) or next(made)
    VisitLine.objects.bulk_update(wanted, ["item"])


def take_back(visit: Visit, *, actor: User, reason: str, but: set[int] | None = None) -> None:
    """Make void what the branch still has to make up for this visit, as far as the actor may."""
    items = MakeupItem.objects.filter(visit_lines__visit=visit, state=MakeupState.OPEN).exclude(pk__in=but or ())
    make_moves(items.select_related("organisation"), "void", actor=actor, note=reason)


def count(*visits: Visit, actor: User) -> None:
    """Bring the numbers up to these visits of one branch."""
    place = [visits[0].organisation_id]
    for key in {visit.round_id for visit in visits if visit.round_id}:
        recount(place, Period(round_key=key), [IN_ROUND], actor=actor)
    for year in {visit.visited_on.year for visit in visits}:
        recount(place, Period(year=year), [IN_YEAR], actor=actor)


def _kept(old: Visit | None, wanted: Sequence[VisitLine]) -> dict[str, MakeupItem]:
    """By code of the line the items of the old record that the new one goes on with."""
    if old is None:
        return {}
    rows = VisitLine.objects.filter(visit=old, code__in=[line.code for line in wanted], item__isnull=False)
    return {line.code: line.item for line in rows.select_related("item") if line.item}


def _stage(visit: Visit) -> tuple[Progress, date]:
    """Where the branch stands in the round, for what falls short is made up in that stage, and by when. Raises
    ValidationError."""
    if visit.round is None or visit.due_on is None:
        raise ValidationError(_("What is to be made up needs a round and a day by which it is to be put right."))
    rows = Progress.objects.filter(round=visit.round, organisation=visit.organisation).exclude(state__in=OUT)
    rows = rows.select_related("round", "stage", "organisation")
    at_work = rows.filter(state__in=UNDER_WAY).order_by("stage__position").first()
    found = at_work or rows.filter(state=ProgressState.PASSED).order_by("-stage__position").first()
    if found is None:
        raise ValidationError(_("This branch is in no stage of the round in which something could be made up."))
    return found, visit.due_on


def _owed(visit: Visit, lines: Sequence[VisitLine], actor: User) -> list[MakeupItem]:
    """One item a line, in their order. Raises PermissionDenied, ValidationError."""
    clause = _("Visit of %(day)s: %(list)s") % {"day": visit.visited_on, "list": visit.list_name}
    wanted = [f"{line.words}：{line.evidence}"[:300] for line in lines]
    stage, due_on = _stage(visit)
    return makeup.owe_each(stage, wanted, actor=actor, due_on=due_on, clause=clause)
