"""What is counted of a round itself: who is to be appraised, and which stages are passed."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appraisals.rounds.models import Progress, RosterEntry, Stage
from appraisals.rounds.states import OUT, ProgressState
from branches.models.members import Category
from figures.registry import Metric, Period, register, register_absent
from figures.units import Unit

STAGES = 8
Opens = Callable[[int, Period], str]


def _opens(page: str, query: str = "") -> Opens:
    return lambda place, period: f"{reverse(page)}?round={period.round_key}&place={place}{query}"


def _due(category: str = "") -> Callable[[], Any]:
    if not category:
        return lambda: RosterEntry.objects.due()
    return lambda: RosterEntry.objects.due().filter(category=category)


def _passed(position: int) -> Callable[[], Any]:
    return lambda: Progress.objects.filter(stage__position=position, state=ProgressState.PASSED)


def _taking_part() -> Any:
    return Progress.objects.filter(stage__position=1).exclude(state__in=OUT)


ROSTER = (
    Metric(
        "roster.due", 17, _("To be appraised"), Unit.PERSONS,
        rows=_due(), round="round_id", opens=_opens("appraisee_list", "&due=yes"), typable=False,
        is_given=True,
    ),
    Metric(
        "roster.formal", 18, _("To be appraised: full members"), Unit.PERSONS,
        rows=_due(Category.FORMAL), round="round_id", opens=_opens("appraisee_list", "&due=yes&category=formal"),
        typable=False, is_given=True,
    ),
    Metric(
        "roster.probationary", 19, _("To be appraised: probationary members"), Unit.PERSONS,
        rows=_due(Category.PROBATIONARY), round="round_id",
        opens=_opens("appraisee_list", "&due=yes&category=probationary"), typable=False, is_given=True,
    ),
)  # fmt: skip
PROGRESS = (
    Metric(
        "progress.branches", 40, _("Branches taking part"), Unit.BRANCHES,
        rows=_taking_part, round="round_id", opens=_opens("progress_list", "&position=1&part=yes"), typable=False,
    ),
    *(
        Metric(
            f"progress.passed_{position}", 40 + position, format_lazy(_("Stage {number} passed"), number=position),
            Unit.BRANCHES,
            rows=_passed(position), round="round_id",
            opens=_opens("progress_list", f"&position={position}&state=passed"), typable=False,
        )
        for position in range(1, STAGES + 1)
    ),
)  # fmt: skip


def passed_after(last: int) -> set[str]:
    """The codes of stages beyond the `last` one."""
    return {metric.code for metric in PROGRESS[last + 1 :]}  # the first is no stage


def _absent(user: Any, period: Period) -> set[str]:
    if not period.round_key:
        return set()
    last = Stage.objects.visible_to(user).filter(round=period.round_key).aggregate(last=Max("position"))["last"]
    return passed_after(last or 0)


register_absent(_absent)
OF_ROSTER = tuple(register(metric).code for metric in ROSTER)
OF_PROGRESS = tuple(register(metric).code for metric in PROGRESS)
