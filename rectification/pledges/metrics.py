"""What is counted of pledges, in a year: made, and kept."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from figures.registry import Metric, Period, register
from figures.units import Unit
from rectification.pledges.models import Pledge
from rectification.pledges.states import PledgeState


def _opens(more: str) -> Callable[[int, Period], str]:
    return lambda place, period: f"{reverse('pledge_list')}?place={place}&year={period.year}&{more}"


def _made() -> Any:
    return Pledge.objects.in_figures()


def _kept() -> Any:
    return Pledge.objects.filter(state=PledgeState.KEPT)


IN_YEAR = (
    Metric("pledges.in_year", 56, _("Pledges of the year"), Unit.ITEMS, rows=_made, year="year",
           opens=_opens("counted=yes")),
    Metric("pledges.kept_in_year", 57, _("Pledges of the year kept"), Unit.ITEMS, rows=_kept, year="year",
           opens=_opens("state=kept")),
)  # fmt: skip
OF_YEAR = tuple(register(metric).code for metric in IN_YEAR)
