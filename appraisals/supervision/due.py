"""Which branches are still due a visit: what rounds under way ask for, compared with the visits that stand."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from appraisals.models import Progress, Requirement
from appraisals.rounds.states import OUT
from appraisals.states import RoundState
from appraisals.supervision.metrics import IN_ROUND, IN_YEAR
from branches.rules.table import Severity
from figures.models import Summary
from figures.registry import named


def asked_for(user: Any) -> list[Requirement]:
    """What rounds under way that this person sees ask for in visits. One query."""
    rows = Requirement.objects.visible_to(user).filter(metric__in=[IN_ROUND, IN_YEAR], dropped_in=0, base="")
    rows = rows.filter(stage__round__state=RoundState.OPEN).exclude(severity=Severity.OFF)
    return list(rows.select_related("stage__round"))


def still_due(rows: Any, user: Any) -> Any:
    """Those of these organisations that take part in a round under way and have fewer visits than it asks for."""
    lacking = Q(pk__in=[])
    for needed in asked_for(user):
        round_ = needed.stage.round
        period = needed.period_of(named(needed.metric), round_.pk, round_.year)
        takes_part = Progress.objects.visible_to(user).filter(
            round=round_.pk, stage=needed.stage_id, organisation=OuterRef("pk")
        )
        enough = (
            Summary.objects.visible_to(user)
            .of(period)
            .filter(organisation=OuterRef("pk"), **{f"{named(needed.metric).column}__gte": needed.value})
        )
        lacking |= Q(Exists(takes_part.exclude(state__in=OUT)), ~Exists(enough))
    return rows.filter(lacking)
