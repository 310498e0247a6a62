"""The organisational life meeting of an appraisal year: one sitting, two, or meetings of the groups and an assembly.

It is counted once, by the sitting that counts as that form. What else belongs to it bears the same appraisal year: an
assembly on another day, the meetings of the groups, and the study before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from branches.models import Group, Organisation
from branches.rights import Right
from meetings.kinds import Form
from meetings.models import Meeting
from meetings.states import WORDED, State

Ask = Callable[[Organisation, int, datetime], bool]
_asked: list[Ask] = []


def register(ask: Ask) -> None:
    """Let `ask(branch, appraisal year, moment)` tell whether the branch studied together for it before that moment.
    Whoever keeps study hours registers from AppConfig.ready()."""
    _asked.append(ask)


def studied_before(meeting: Meeting) -> bool:
    """R07: a sitting of the branch for the same year was handed in that is no organisational life meeting and came
    first; or another room knows of the study."""
    year = meeting.appraisal_year
    if year is None:
        return False
    rows = Meeting.objects.filter(organisation=meeting.organisation_id, appraisal_year=year, state__in=WORDED)
    rows = rows.filter(started_at__lt=meeting.started_at).exclude(
        form__in=[Form.ORG_LIFE_MEETING, Form.COMMITTEE_MEETING]
    )
    return rows.exists() or any(ask(meeting.organisation, year, meeting.started_at) for ask in _asked)


@dataclass(frozen=True)
class OrgLife:
    """What was held of it, in order of time, and what is lacking: the groups that have not met, where groups meet."""

    year: int
    parts: list[Meeting]
    lacking: list[Group]

    @property
    def is_held(self) -> bool:
        """True once the sitting that counts as this form is handed in."""
        return any(part.form == Form.ORG_LIFE_MEETING and part.state in WORDED for part in self.parts)

    @property
    def is_complete(self) -> bool:
        return self.is_held and not self.lacking


def of_year(organisation: Organisation, year: int, user: Any, today: date) -> OrgLife | None:
    """That of a branch for an appraisal year; None for who does not see all its parts, or where there is none."""
    sees = organisation.path == user.reach.home_path
    if not (sees or user.may(Right.READ_BRANCH, organisation) or user.may(Right.OVERSEE, organisation)):
        return None
    rows = Meeting.objects.visible_to(user).records().filter(organisation=organisation, appraisal_year=year)
    rows = rows.exclude(form=Form.COMMITTEE_MEETING).exclude(state=State.VOID)
    parts = list(rows.select_related("group").order_by("started_at", "pk"))
    if not any(part.form in (Form.ORG_LIFE_MEETING, Form.GROUP_MEETING) for part in parts):
        return None
    met = {part.group_id for part in parts if part.form == Form.GROUP_MEETING and part.state in WORDED}
    by_groups = any(part.form == Form.GROUP_MEETING for part in parts)
    day = max((part.held_on for part in parts), default=today)
    groups = Group.objects.visible_to(user).on(day).filter(organisation=organisation) if by_groups else []
    return OrgLife(year, parts, [group for group in groups if group.pk not in met])
