"""What is counted in a round: the written material, and how far it is."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.models import Material, Round
from appraisals.states import MaterialState
from figures.registry import Metric, Period, register, register_rounds
from figures.units import Unit


def _opens(query: str = "") -> Callable[[int, Period], str]:
    return lambda place, period: f"{reverse('material_list')}?round={period.round_key}&place={place}{query}"


def _in_state(state: str) -> Callable[[], Any]:
    return lambda: Material.objects.filter(state=state)


def _rounds(user: Any, path: str) -> list[tuple[int, str]]:
    return list(Round.objects.visible_to(user).held_at(path).values_list("pk", "name"))


MATERIALS = (
    Metric(
        "materials.owed", 20, _("Materials owed"), Unit.COPIES,
        rows=lambda: Material.objects.exclude(state=MaterialState.VOID), round="round_id", opens=_opens(),
    ),
    Metric(
        "materials.waiting", 21, _("Materials awaiting review"), Unit.COPIES,
        rows=_in_state(MaterialState.SUBMITTED), round="round_id", opens=_opens("&state=submitted"),
    ),
    Metric(
        "materials.accepted", 22, _("Materials whose review is passed"), Unit.COPIES,
        rows=_in_state(MaterialState.ACCEPTED), round="round_id", opens=_opens("&state=accepted"),
    ),
    Metric(
        "materials.versions", 23, _("Versions handed in"), Unit.PIECES,
        rows=lambda: Material.objects.exclude(state=MaterialState.VOID), round="round_id", amount="versions_count",
        opens=_opens(),
    ),
)  # fmt: skip
CODES = tuple(register(metric).code for metric in MATERIALS)
register_rounds(_rounds)
