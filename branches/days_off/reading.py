"""Which days are free or worked at a place: day by day what the nearest superior has laid down."""

from collections.abc import Iterable
from datetime import date

from branches.models import DayOff
from branches.models.days_off import DayKind
from branches.tree import above
from shell.asked import asked


def nearest(rows: Iterable[DayOff]) -> dict[date, DayOff]:
    """Of each day the row of the nearest organisation, in the order of days; `rows` with their organisations."""
    found: dict[date, DayOff] = {}
    for row in sorted(rows, key=lambda row: (row.day, len(row.organisation.path))):
        found[row.day] = row
    return found


def rows_above(path: str, since: date, until: date) -> list[DayOff]:
    """What stands at that place and above it, both days included."""
    rows = asked(DayOff).standing().filter(organisation__path__in=above(path), day__gte=since, day__lte=until)
    return list(rows.select_related("organisation"))


def offs(path: str, since: date, until: date) -> dict[date, bool]:
    """What `branches.days_off.working` asks: True for days that are worked there, False for those that are free."""
    return {day: row.kind == DayKind.WORKED for day, row in nearest(rows_above(path, since, until)).items()}
