"""What is counted of supervision: the visits that stand, in a round and in a year."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.supervision.models import Visit
from figures.registry import Metric, Period, register
from figures.units import Unit


def _opens(name: str) -> Callable[[int, Period], str]:
    """The visits counted there: of a round by its key, of a year by their days."""
    of_year = "&visited_after={0}-01-01&visited_before={0}-12-31"

    def address(place: int, period: Period) -> str:
        span = of_year.format(period.year) if period.year else f"&round={period.round_key}"
        return f"{reverse(name)}?place={place}&counted=yes{span}"

    return address


def _standing() -> Any:
    return Visit.objects.standing()


VISITS = (
    Metric(
        "visits.in_round", 10, _("Supervision visits in the round"), Unit.TIMES,
        rows=_standing, round="round_id", opens=_opens("visit_list"), typable=False,
    ),
    Metric(
        "visits.in_year", 11, _("Supervision visits in the year"), Unit.TIMES,
        rows=_standing, year="visited_on__year", opens=_opens("visit_list"), typable=False,
    ),
)  # fmt: skip
IN_ROUND, IN_YEAR = (register(metric).code for metric in VISITS)
