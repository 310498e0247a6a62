"""Conditions for the audit log."""

import django_filters
from django.utils.translation import gettext_lazy as _

from branches.audit.kinds import KINDS
from shell.filters import DateSpanFilter, SearchFilter


class AuditFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Event"), choices=list(KINDS.items()))
    person = SearchFilter(fields=["actor_label"], label=_("Person"))
    at = DateSpanFilter(field_name="at", label=_("Day"))
