"""Notices about slips for a new password, and the slip a new secretary still needs: a room below registers none."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models import Activation
from branches.models.activation import members_for_slips
from branches.models.dated import holds
from branches.models.members import PostKind
from branches.models.organisations import Mode
from branches.rights import Right
from reminders import rules
from reminders.todos import Todo, TodoItem, register

KEPT = timedelta(90)  # as long the notice counts as unread


def _given(today: date) -> QuerySet[Any]:
    rows = Activation.objects.filter(renews=True).annotate(given_on=TruncDate("issued_at"))
    return rows.filter(given_on__gte=today - KEPT)


def _used(today: date) -> QuerySet[Any]:
    rows = Activation.objects.filter(renews=True).annotate(used_on=TruncDate("used_at"))
    return rows.filter(used_on__gte=today - KEPT)


def _secretaries(user: Any) -> Any:
    """Secretaries below without account and without an open slip, of branches that work online."""
    rows: Any = members_for_slips(user)
    named = holds(user.reach.day, "member__posts__")
    here = {"member__posts__kind": PostKind.SECRETARY, "member__posts__organisation": F("organisation")}
    waiting = rows.filter(rows.of_oversight(user, Right.GIVE_SLIPS), named, **here)
    return waiting.filter(username=None, slip_until=None, organisation__mode=Mode.ONLINE)


def _item(row: Any) -> TodoItem:
    url = f"{reverse('slip_list')}?q={row.member.name}&state=without"
    return TodoItem(row.member.name, url, waits_for=row.organisation.label)


TOLD: dict[str, Any] = {"recipient": "member", "label": "giver_name", "url_name": "session_list", "takes_key": False}
rules.register(
    rules.Rule(
        "slip_given",
        _("%(subject)s gave out a slip for a new password of your account on %(due)s. Did you ask for it?"),
        rows=_given, due_on="given_on", **TOLD,
    )
)  # fmt: skip
rules.register(
    rules.Rule(
        "slip_used",
        _("The slip for a new password that %(subject)s gave out was used on %(due)s. Was it you?"),
        rows=_used, due_on="used_on", **TOLD,
    )
)  # fmt: skip
register(Todo("secretary_slip", _("Secretaries without account"), "person-plus", 25, rows=_secretaries, item=_item))
