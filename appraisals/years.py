"""The year under appraisal, for the records of its meetings."""

from typing import Any

from appraisals.models import Round
from meetings.years import register


def _year(user: Any, path: str) -> int | None:
    return Round.objects.visible_to(user).under_way(path).values_list("year", flat=True).first()


register(_year)
