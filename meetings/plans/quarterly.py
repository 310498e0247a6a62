"""S34: the plan of a quarter by the fifth of its first month; where a superior asks for it, told to its secretary."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.models.dated import holds
from branches.models.members import PostKind
from branches.models.organisations import Mode
from branches.rules.table import Level, Rule, Severity, register
from branches.rules.wide import applied
from meetings.frequency.notices import ASKED
from meetings.models import Meeting
from meetings.plans.periods import period_of
from meetings.states import State
from reminders import rules

FIFTH = timedelta(4)  # after the first
PLAN = register(
    Rule(
        "S34-1",
        _("Plan of meetings each quarter"),
        _("Local practice: a quarter is planned by the 5th of its first month. Applied where a superior says so."),
        Level.LOCAL,
        Severity.OFF,
    )
)


def unplanned(today: date) -> QuerySet[Any]:
    """Branches online that have neither planned nor held anything in the quarter that began within these five days,
    each once a secretary."""
    quarter = period_of(today, "quarter")
    begins, ends = quarter.moments
    meetings = Meeting.objects.filter(started_at__gte=begins, started_at__lt=ends, organisation=OuterRef("pk"))
    meetings = meetings.exclude(state__in=[State.VOID, State.CANCELLED])
    rows = Organisation.objects.filter(~Exists(meetings), until=None, branch_kind__in=ASKED, mode=Mode.ONLINE)
    rows = rows.filter(holds(today, "posts__"), posts__kind=PostKind.SECRETARY)
    rows = applied(PLAN.code, rows, quarter.year).annotate(fifth=Value(quarter.first + FIFTH, DateField()))
    return rows if today <= quarter.first + FIFTH else rows.none()


rules.register(
    rules.Rule(
        "quarter_plan",
        _("Please enter the meetings of this quarter in the plan by %(due)s: %(subject)s."),
        rows=unplanned,
        recipient="posts__member",
        label="name",
        organisation="posts__organisation",
        due_on="fifth",
        url_name="plan_sheet",
    )
)
