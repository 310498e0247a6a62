"""What was to be put right stands beside the next material: 通报上年整改 begins with it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from appraisals.materials.kinds import MaterialKind
from appraisals.materials.sources import Carried, register
from rectification.problems.kinds import Whose
from rectification.problems.models import Problem
from rectification.problems.states import LIVING, ProblemState

MOST = 30
OF_BRANCH = (MaterialKind.COMMITTEE_ANALYSIS, MaterialKind.SECRETARY_REPORT)


def _carried(material: Any, user: Any) -> Iterator[Carried]:
    """Those of the year before, and older ones that are not done: of branch and committee for what speaks for these,
    of the author for what speaks for himself."""
    year = material.round.year
    rows = Problem.objects.visible_to(user).filter(organisation=material.organisation_id, year__lte=year)
    rows = rows.exclude(round=material.round_id, round__isnull=False).exclude(state=ProblemState.VOID)
    own = ~Q(whose=Whose.MEMBER) if material.kind in OF_BRANCH else Q(member=material.author_id)
    found = rows.filter(own, Q(year=year - 1) | Q(state__in=LIVING)).order_by("found_on", "pk")[:MOST]
    return (Carried(row.text, row) for row in found)


register(_carried)
