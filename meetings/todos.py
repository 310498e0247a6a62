"""What waits for whom in this room."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.states import State
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import state_badge


def _to_accept(user: Any) -> Asked:
    return asked(Meeting).awaiting(user).select_related("organisation").order_by("submitted_at", "pk")


def _to_finish(user: Any) -> Asked:
    return asked(Meeting).unfinished(user).select_related("organisation").order_by("started_at", "pk")


def _item(row: Meeting) -> TodoItem:
    mark = state_badge(row) if row.state == State.RETURNED else ""
    theme = row.theme or row.get_form_display()
    return TodoItem(f"{row.held_on} {theme}", row.get_absolute_url(), waits_for=row.organisation.label, mark=mark)


register(Todo("meeting_accept", _("Meeting records to accept"), "journal-check", 30, rows=_to_accept, item=_item))
register(Todo("meeting_finish", _("Meeting records to finish"), "journal-text", 40, rows=_to_finish, item=_item))
