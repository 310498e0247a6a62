"""Which checklists a visit to a branch may be made with, and the one an old record was made with."""

from datetime import date
from typing import Any

from appraisals.supervision.checklists import SHIPPED, Checklist, Line
from appraisals.supervision.models import OwnChecklist, Visit
from branches.models import Organisation
from branches.tree import above


def offered(branch: Organisation, day: date, user: Any) -> list[Checklist]:
    """Those that superiors of the branch have laid down, then ours; of one name the nearest superior's holds."""
    rows = OwnChecklist.objects.visible_to(user).on(day).filter(organisation__path__in=above(branch.path))
    nearest: dict[str, OwnChecklist] = {}
    for row in rows.order_by("organisation__path", "pk"):
        nearest[row.name] = row
    own = [row.checklist for row in nearest.values()]
    return own + [one for one in SHIPPED.values() if str(one.name) not in nearest]


def checklist_of(visit: Visit) -> Checklist:
    """The checklist as this record has it, whatever was laid down since."""
    lines = tuple(Line(line.code, line.words) for line in visit.found_lines.select_related("visit"))
    return Checklist(visit.checklist, visit.list_name, lines)
