"""To whom an opinion that does not belong into this register can be handed."""

from typing import NamedTuple

from django.utils import timezone

from appraisals.models import Opinion
from branches.models import Grant
from branches.reach import overseeing
from branches.tree import STEP, above


class Receiver(NamedTuple):
    """An office at an organisation; `label` names both."""

    organisation_id: int
    seat: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.organisation_id}:{self.seat}"


def receivers_of(opinion: Opinion) -> list[Receiver]:
    """The offices of oversight that somebody holds today above the organisation, at a root at itself; the person
    concerned does not make one."""
    path = opinion.organisation.path
    places = above(path)[:-1] if len(path) > STEP else (path,)
    grants = Grant.objects.in_force(timezone.localdate()).filter(overseeing(), organisation__path__in=places)
    if opinion.concerns_id:
        grants = grants.exclude(user__member=opinion.concerns_id)
    rows = grants.select_related("organisation").order_by("-organisation__path", "office", "pk")
    found = {Receiver(g.organisation_id, g.office, f"{g.organisation} · {g.get_office_display()}") for g in rows}
    return sorted(found, key=lambda one: (one.organisation_id, one.seat), reverse=True)
