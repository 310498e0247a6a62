"""Steps of a schedule whose day is near: told to whoever leads the branch, and to nobody else."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import ScheduleStep
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _waiting(user: Any) -> Asked:
    return asked(ScheduleStep).waiting(user).select_related("meeting__organisation").order_by("due_on", "pk")


def _item(row: ScheduleStep) -> TodoItem:
    meeting = row.meeting
    url = reverse("schedule_detail", args=[meeting.pk])
    return TodoItem(row.get_code_display(), url, row.due_on, waits_for=meeting.organisation.label)


register(Todo("schedule_step", _("Steps around the organisational life meeting"), "list-check", 42, _waiting, _item))
