"""What the lists of notices can be narrowed by."""

import django_filters
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from branches.filters import OrganisationFilter
from reminders.models import Notice, NoticeQuerySet


class Reading(TextChoices):
    """Each is a queryset method of the same name."""

    UNREAD = "unread", _("Unread")
    READ = "read", _("Read")
    SETTLED = "settled", _("Dealt with")


class PhoneFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    told = django_filters.ChoiceFilter(
        label=_("Told by telephone"), choices=[("no", _("Not yet told")), ("yes", _("Told"))], method="by_told"
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_told(self, rows: NoticeQuerySet, name: str, value: str) -> NoticeQuerySet:
        return rows.filter(told_at__isnull=value == "no")


class NoticeFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Reading.choices, method="by_state")

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_state(self, rows: NoticeQuerySet, name: str, value: str) -> NoticeQuerySet:
        narrowed: NoticeQuerySet = getattr(rows, value)(self.request.user.reach.day)
        return narrowed
