"""Transfers that wait for a decision: a room below cannot register its own to-dos."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Transfer
from reminders.todos import Todo, TodoItem, register


def _to_decide(user: Any) -> QuerySet:
    rows = Transfer.objects.awaiting(user).select_related("member", "source", "organisation")
    return rows.order_by("offered_at", "pk")


def _item(row: Transfer) -> TodoItem:
    text = f"{row.member.name}: {row.source.label} → {row.organisation.label}"
    return TodoItem(text, row.get_absolute_url(), waits_for=row.source.label)


register(Todo("transfer_decide", _("Transfers to decide"), "arrow-left-right", 20, rows=_to_decide, item=_item))
