"""What waits for whom: problems to claim, to put right, to verify; and the day of which people are reminded."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from rectification.problems.models import Problem
from rectification.problems.states import OWED, ProblemState
from reminders import rules
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import state_badge


def _to_claim(user: Any) -> Asked:
    return asked(Problem).to_claim(user).select_related("organisation").order_by("due_on", "pk")


def _at_work(user: Any) -> Asked:
    return asked(Problem).at_work(user).select_related("organisation").order_by("due_on", "pk")


def _to_verify(user: Any) -> Asked:
    return asked(Problem).awaiting(user).select_related("organisation").order_by("requested_on", "pk")


def _item(row: Problem) -> TodoItem:
    mark = state_badge(row) if row.state == ProblemState.RETURNED else ""
    return TodoItem(row.short, row.get_absolute_url(), due_on=row.due_on, mark=mark)


def _waiting(row: Problem) -> TodoItem:
    return TodoItem(row.short, row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("problem_claim", _("Problems to claim"), "hand-index", 29, rows=_to_claim, item=_item))
register(Todo("problem_work", _("Problems to put right"), "clipboard-check", 30, rows=_at_work, item=_item))
register(Todo("problem_verify", _("Problems to verify"), "patch-check", 31, rows=_to_verify, item=_waiting))


def _nearly_due(today: date) -> Any:
    """What is to be put right soon or was to be: owed to whoever is responsible. A line names no problem: the page of
    a notice may be read over a shoulder."""
    rows = Problem.objects.filter(state__in=OWED, due_on__lte=today + timedelta(settings.REMIND_DAYS_BEFORE_DUE))
    return rows.annotate(called=Concat(Value("№"), "pk", output_field=CharField()))


rules.register(
    rules.Rule(
        "problem_due", _("Problem %(subject)s, for which you are responsible, is to be put right by %(due)s."),
        rows=_nearly_due, recipient="responsible", label="called", url_name="problem_detail",
    )
)  # fmt: skip
