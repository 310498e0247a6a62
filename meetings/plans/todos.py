"""Plans whose day is over: told to whoever keeps the records, and to nobody else."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import day


def _unrecorded(user: Any) -> Asked:
    return asked(Meeting).unrecorded(user).select_related("organisation").order_by("started_at", "pk")


def _item(row: Meeting) -> TodoItem:
    told = {"day": day(row.started_at), "what": row.theme or row.get_form_display()}
    words = _("Planned for %(day)s, not recorded yet: %(what)s") % told
    return TodoItem(words, row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("plan_unrecorded", gettext_lazy("Planned meetings to record"), "calendar-event", 41, _unrecorded, _item))
