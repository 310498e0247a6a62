"""What waits for whom in a round: gates to decide, stages to finish, items to make up, members to take over."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from appraisals.models import MakeupItem, Progress, RosterEntry, Stage
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import state_badge


def _gates(user: Any) -> Asked:
    return (
        asked(Progress).awaiting(user).select_related("organisation", "stage", "round").order_by("requested_on", "pk")
    )


def _stages(user: Any) -> Asked:
    return asked(Progress).at_work(user).select_related("organisation", "stage", "round").order_by("due_on", "pk")


def _to_enter(user: Any) -> Asked:
    """A line a stage, with how many branches on paper wait in it: not one a branch, for they may be hundreds (F1)."""
    mine = asked(Progress).visible_to(user).entered_by(user).filter(stage=OuterRef("pk"))
    number = mine.order_by().values("stage").annotate(n=Count("pk")).values("n")
    rows = asked(Stage).visible_to(user).filter(Exists(mine)).annotate(waiting=Subquery(number))
    return rows.select_related("round").order_by("starts_on", "pk")


def _owed(user: Any) -> Asked:
    return asked(MakeupItem).owed(user).select_related("organisation").order_by("due_on", "pk")


def _seen_again(user: Any) -> Asked:
    return asked(MakeupItem).to_see(user).select_related("organisation").order_by("due_on", "pk")


def _offered(user: Any) -> Asked:
    return asked(RosterEntry).to_take(user).select_related("member", "organisation").order_by("pk")


def _gate_item(row: Progress) -> TodoItem:
    return TodoItem(
        f"{row} · {row.round}", row.get_absolute_url(), due_on=row.answer_by, waits_for=row.organisation.label
    )


def _stage_item(row: Progress) -> TodoItem:
    return TodoItem(f"{row} · {row.round}", row.get_absolute_url(), due_on=row.due_on, mark=state_badge(row))


def _enter_item(row: Any) -> TodoItem:
    told = {"stage": row.name, "n": row.waiting}
    text = (
        ngettext("%(stage)s: %(n)d branch to enter for", "%(stage)s: %(n)d branches to enter for", row.waiting) % told
    )
    return TodoItem(text, f"{reverse('grid_edit', args=[row.pk])}?only=enter", waits_for=row.round.name)


def _item(row: MakeupItem) -> TodoItem:
    return TodoItem(row.what, row.get_absolute_url(), due_on=row.due_on)


def _seen_item(row: MakeupItem) -> TodoItem:
    return TodoItem(row.what, row.get_absolute_url(), waits_for=row.organisation.label)


def _entry_item(row: RosterEntry) -> TodoItem:
    return TodoItem(str(row.member), row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("gate_decide", _("Stages to let pass"), "signpost-split", 22, rows=_gates, item=_gate_item))
register(Todo("stage_finish", _("Stages to finish"), "flag-fill", 24, rows=_stages, item=_stage_item))
register(Todo("stage_enter", _("Branches on paper to enter for"), "table", 25, rows=_to_enter, item=_enter_item))
register(Todo("makeup_owed", _("Items to make up"), "arrow-repeat", 26, rows=_owed, item=_item))
register(Todo("makeup_see", _("Made up: to be seen again"), "eye", 27, rows=_seen_again, item=_seen_item))
register(
    Todo("appraisee_take", _("Members to take over for appraisal"), "person-plus", 28, rows=_offered, item=_entry_item)
)
