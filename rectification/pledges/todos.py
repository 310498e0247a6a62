"""What waits for whom: pledges to look over, to keep, to rate."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rectification.models import Pledge
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _to_look_over(user: Any) -> Asked:
    return asked(Pledge).to_look_over(user).select_related("organisation").order_by("due_on", "pk")


def _to_rate(user: Any) -> Asked:
    return asked(Pledge).to_rate(user).select_related("organisation").order_by("due_on", "pk")


def _to_keep(user: Any) -> Asked:
    return asked(Pledge).at_work(user).select_related("organisation").order_by("due_on", "pk")


def _to_reword(user: Any) -> Asked:
    return asked(Pledge).to_reword(user).select_related("organisation").order_by("due_on", "pk")


def _waiting(row: Pledge) -> TodoItem:
    return TodoItem(row.short, row.get_absolute_url(), waits_for=row.organisation.label)


def _own(row: Pledge) -> TodoItem:
    return TodoItem(row.short, row.get_absolute_url(), due_on=row.due_on)


register(Todo("pledge_look", _("Pledges to look over"), "pencil-square", 32, rows=_to_look_over, item=_waiting))
register(Todo("pledge_reword", _("Pledges to reword"), "pencil", 33, rows=_to_reword, item=_own))
register(Todo("pledge_keep", _("Pledges to keep"), "bookmark-check", 33, rows=_to_keep, item=_own))
register(Todo("pledge_rate", _("Pledges to rate"), "star", 34, rows=_to_rate, item=_waiting))
