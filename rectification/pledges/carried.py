"""What was promised the year before stands beside the next material."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from appraisals.materials.sources import Carried, register
from rectification.pledges.models import Pledge
from rectification.problems.carried import MOST, OF_BRANCH
from rectification.problems.kinds import Whose


def _carried(material: Any, user: Any) -> Iterator[Carried]:
    rows = Pledge.objects.visible_to(user).in_figures()
    rows = rows.filter(organisation=material.organisation_id, year=material.round.year - 1)
    own = Q(whose=Whose.BRANCH) if material.kind in OF_BRANCH else Q(member=material.author_id)
    return (Carried(row.text, row) for row in rows.filter(own).order_by("due_on", "pk")[:MOST])


register(_carried)
