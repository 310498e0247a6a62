"""What waits for whom in a round: gates to decide, stages to finish, items to make up, members to take over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import MakeupItem, Progress, RosterEntry
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import state_badge


def _gates(user: Any) -> Asked:
    return asked(Progress).awaiting(user).select_related("organisation", "stage").order_by("requested_on", "pk")


def _stages(user: Any) -> Asked:
    return asked(Progress).at_work(user).select_related("organisation", "stage").order_by("due_on", "pk")


def _owed(user: Any) -> Asked:
    return asked(MakeupItem).owed(user).select_related("organisation").order_by("due_on", "pk")


def _seen_again(user: Any) -> Asked:
    return asked(MakeupItem).to_see(user).select_related("organisation").order_by("due_on", "pk")


def _offered(user: Any) -> Asked:
    return asked(RosterEntry).to_take(user).select_related("member", "organisation").order_by("pk")


def _gate_item(row: Progress) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), waits_for=row.organisation.label)


def _stage_item(row: Progress) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), due_on=row.due_on, mark=state_badge(row))


def _item(row: MakeupItem) -> TodoItem:
    return TodoItem(row.what, row.get_absolute_url(), due_on=row.due_on)


def _seen_item(row: MakeupItem) -> TodoItem:
    return TodoItem(row.what, row.get_absolute_url(), waits_for=row.organisation.label)


def _entry_item(row: RosterEntry) -> TodoItem:
    return TodoItem(str(row.member), row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("gate_decide", _("Stages to let pass"), "signpost-split", 22, rows=_gates, item=_gate_item))
register(Todo("stage_finish", _("Stages to finish"), "flag-fill", 24, rows=_stages, item=_stage_item))
register(Todo("makeup_owed", _("Items to make up"), "arrow-repeat", 26, rows=_owed, item=_item))
register(Todo("makeup_see", _("Made up: to be seen again"), "eye", 27, rows=_seen_again, item=_seen_item))
register(
    Todo("appraisee_take", _("Members to take over for appraisal"), "person-plus", 28, rows=_offered, item=_entry_item)
)
