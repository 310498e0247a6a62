"""The list of decisions: its columns and what it is narrowed by."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter
from meetings.decisions.kinds import Business
from meetings.decisions.pages import outcome_badge
from meetings.decisions.votes import Outcome, told
from meetings.models import Decision
from meetings.models.meetings import midnight
from shell.filters import SearchFilter
from shell.formats import choice, day, link
from shell.lists import Column


class DecisionFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["subject", "meeting__theme"])
    organisation = OrganisationFilter(path="meeting__organisation__path")
    business = django_filters.ChoiceFilter(label=_("Kind of business"), choices=Business.choices)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)
    year = django_filters.NumberFilter(label=_("Year"), min_value=1921, max_value=2199, method="of_year")

    class Meta:
        model = Decision
        fields: list[str] = []

    def of_year(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Of meetings held in that year."""
        begins, ends = (midnight(date(int(value) + more, 1, 1)) for more in (0, 1))
        return rows.filter(meeting__started_at__gte=begins, meeting__started_at__lt=ends)


def _subject(row: Any) -> SafeString:
    return link(row.meeting.get_absolute_url(), row.subject)


DECISION_READS = (
    "subject", "business", "method", "due", "present", "yes", "no", "abstain", "written_yes", "announced", "outcome",
    "meeting__started_at", "meeting__organisation__name", "meeting__organisation__short_name",
)  # fmt: skip
DECISION_COLUMNS = (
    Column("held", _("Held"), lambda row: day(row.meeting.started_at), sort="meeting__started_at", css="nowrap"),
    Column("subject", _("Matter decided"), _subject, sort="subject", css="wide"),
    Column("business", _("Kind of business"), lambda row: choice(row, "business"), sort="business", css="nowrap"),
    Column("votes", _("Votes"), lambda row: told(row.vote), css="wide"),
    Column("outcome", _("Outcome"), outcome_badge, sort="outcome", css="nowrap"),
    Column("branch", _("Branch"), lambda row: row.meeting.organisation.label, sort="meeting__organisation__path"),
)
