"""What waits for whom: members to grade, results to agree to, grades and objections before the superior. No line names
a grade, and none a person but oneself (F2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import Grade, Grading
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _to_fill(user: Any) -> Asked:
    return asked(Grading).owed_by(user).select_related("organisation", "round").order_by("due_on", "pk")


def _to_mend(user: Any) -> Asked:
    return asked(Grading).at_work(user).select_related("organisation", "round").order_by("organisation__path", "pk")


def _to_settle(user: Any) -> Asked:
    return asked(Grading).awaiting(user).select_related("organisation", "round").order_by("due_on", "pk")


def _to_say(user: Any) -> Asked:
    return asked(Grade).owed(user).select_related("entry__round").order_by("fed_back_on", "pk")


def _item(row: Any) -> TodoItem:
    due_on = vars(row).get("due_on")
    return TodoItem(row.round.name, row.get_absolute_url(), due_on=due_on, waits_for=row.organisation.label)


def _own(row: Grade) -> TodoItem:
    return TodoItem(row.entry.round.name, row.get_absolute_url())


register(Todo("grade_say", _("Result of your appraisal: your word"), "chat-left-text", 11, rows=_to_say, item=_own))
register(Todo("grade_mend", _("Grades returned, objections to answer"), "award", 15, rows=_to_mend, item=_item))
register(Todo("grade_fill", _("Members to grade"), "award", 16, rows=_to_fill, item=_item))
register(Todo("grade_settle", _("Grades and objections before you"), "award", 21, rows=_to_settle, item=_item))
