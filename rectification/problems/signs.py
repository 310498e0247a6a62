"""逾期 and 临期: signs beside the state of a problem, worked out for the day they are asked on."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from branches.days_off.reading import offs
from branches.days_off.working import ahead
from branches.rights import Right
from shell.formats import day

NEAR: Final = 5  # working days before its day from which a problem counts as near it
FURTHEST: Final = timedelta(60)  # days off are read no further ahead


def soon(user: Any) -> date:
    """The last day that counts as near for this person, in working days of the topmost organisation he looks from."""
    reach, today = user.reach, user.reach.day
    paths = [*reach.oversight_paths(Right.OVERSEE), *reach.office_paths(Right.READ_BRANCH), reach.home_path]
    path = min(filter(None, paths), key=len, default="")
    return ahead(today, NEAR, offs(path, today, today + FURTHEST))


def due(row: Any) -> SafeString | str:
    """The day of a row `with_signs`, with its sign where it has passed or is near."""
    if row.late:
        return format_html('<span class="overdue">{} {}</span>', day(row.due_on), _("overdue"))
    if row.near:
        return format_html('<span class="near">{} {}</span>', day(row.due_on), _("due soon"))
    return day(row.due_on)
