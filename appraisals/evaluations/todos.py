"""What the leader of a branch has to take note of."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import Evaluation
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _to_note(user: Any) -> Asked:
    return (
        asked(Evaluation)
        .visible_to(user)
        .to_note(user)
        .select_related("organisation", "round")
        .order_by("given_on", "pk")
    )


def _item(row: Evaluation) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url())


register(
    Todo(
        "evaluation_note",
        _("Evaluations of the branch to take note of"),
        "clipboard-check",
        29,
        rows=_to_note,
        item=_item,
    )
)
