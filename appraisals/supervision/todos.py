"""What waits for whom: visit records to acknowledge, drafts to hand over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import Visit
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _to_acknowledge(user: Any) -> Asked:
    return asked(Visit).awaiting(user).select_related("organisation").order_by("submitted_on", "pk")


def _drafts(user: Any) -> Asked:
    return asked(Visit).unfinished(user).select_related("organisation").order_by("visited_on", "pk")


def _item(row: Visit) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), due_on=row.due_on)


def _draft(row: Visit) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("visit_read", _("Visit records to acknowledge"), "eyeglasses", 13, rows=_to_acknowledge, item=_item))
register(Todo("visit_finish", _("Visit records to submit"), "pencil-square", 23, rows=_drafts, item=_draft))
