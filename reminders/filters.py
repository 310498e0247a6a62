"""What the list of notices can be narrowed by."""

import django_filters
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reminders.models import Notice, NoticeQuerySet


class Reading(TextChoices):
    """Each is a queryset method of the same name."""

    UNREAD = "unread", _("Unread")
    READ = "read", _("Read")
    SETTLED = "settled", _("Dealt with")


class NoticeFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Reading.choices, method="by_state")

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_state(self, rows: NoticeQuerySet, name: str, value: str) -> NoticeQuerySet:
        narrowed: NoticeQuerySet = getattr(rows, value)(self.request.user.reach.day)
        return narrowed
