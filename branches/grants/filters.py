"""Conditions for the lists of accounts and grants."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter
from branches.rights import AdminRole, Office
from shell.filters import SearchFilter

OPEN, CLOSED = "open", "closed"
IN_FORCE, COMING, ENDED = "in_force", "coming", "ended"


class UserFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["name", "username"], label=_("Account"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(OPEN, _("Enabled")), (CLOSED, _("Disabled"))], method="in_state"
    )
    admin_role = django_filters.ChoiceFilter(label=_("Administrator"), choices=AdminRole.choices)

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(is_active=value == OPEN)


class GrantFilter(django_filters.FilterSet):
    q = SearchFilter(fields=["user__name", "user__username"], label=_("Account"))
    organisation = OrganisationFilter()
    office = django_filters.ChoiceFilter(label=_("Office"), choices=Office.choices)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(IN_FORCE, _("In force")), (COMING, _("Not yet in force")), (ENDED, _("Expired or taken back"))],
        method="in_state",
    )

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == IN_FORCE:
            return rows.in_force(today)  # type: ignore[attr-defined]
        if value == COMING:
            return rows.filter(revoked_at=None, since__gt=today)
        return rows.filter(Q(until__lt=today) | Q(revoked_at__isnull=False))
