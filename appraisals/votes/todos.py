"""What waits for whom: votes to close or to count, counts to confirm."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import Vote
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import state_badge


def _to_finish(user: Any) -> Asked:
    return asked(Vote).unfinished(user).select_related("organisation").order_by("held_on", "pk")


def _to_confirm(user: Any) -> Asked:
    return asked(Vote).awaiting(user).select_related("organisation").order_by("held_on", "pk")


def _finish_item(row: Vote) -> TodoItem:
    mark, label = state_badge(row), row.organisation.label
    return TodoItem(str(row), row.get_absolute_url(), due_on=row.last_day, waits_for=label, mark=mark)


def _confirm_item(row: Vote) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("vote_confirm", _("Counts to confirm"), "check2-square", 14, rows=_to_confirm, item=_confirm_item))
register(Todo("vote_finish", _("Votes to close or count"), "box-seam", 25, rows=_to_finish, item=_finish_item))
