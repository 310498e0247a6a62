"""Transfers that wait for a decision, and the notice of it: a room below cannot register its own."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Transfer
from branches.transfers.states import State
from reminders import rules
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked

KEPT = timedelta(30)


def _to_decide(user: Any) -> Asked:
    rows = asked(Transfer).awaiting(user).select_related("member", "source", "organisation")
    decided: Asked = rows.order_by("offered_at", "pk")
    return decided


def _item(row: Transfer) -> TodoItem:
    text = f"{row.member.name}: {row.source.label} → {row.organisation.label}"
    return TodoItem(text, row.get_absolute_url(), waits_for=row.source.label)


def _accepted(today: date) -> QuerySet:
    """Taken over: the member himself hears of it, also before his first day there."""
    return Transfer.objects.filter(state=State.ACCEPTED, since__gte=today - KEPT)


rules.register(
    rules.Rule(
        "transfer_accepted", _("From %(due)s you belong to “%(subject)s”: your transfer has been accepted."),
        rows=_accepted, recipient="member", label="organisation__name", due_on="since", url_name="transfer_detail",
    )
)  # fmt: skip
register(Todo("transfer_decide", _("Transfers to decide"), "arrow-left-right", 20, rows=_to_decide, item=_item))
