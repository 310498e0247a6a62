"""What waits for whom in this room, and the day on which a material's author is reminded."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from appraisals.materials.kinds import MaterialKind
from appraisals.materials.states import MaterialState
from appraisals.models import Material, MaterialQuerySet
from branches.models import committees
from reminders import rules
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked
from shell.formats import badge, state_badge


def _to_write(user: Any) -> Asked:
    return asked(Material).owed_by(user).select_related("round").order_by("due_on", "pk")


def _to_review(user: Any) -> Asked:
    return asked(Material).awaiting(user).select_related("author", "organisation").order_by("due_on", "pk")


def _to_confirm(user: Any) -> Asked:
    return asked(Material).entered_for(user).select_related("round").order_by("due_on", "pk")


def _named(rows: MaterialQuerySet) -> MaterialQuerySet:
    """Each with `called`, its kind and its round: of two pieces of one author each is told apart."""
    kinds = Case(*(When(kind=kind, then=Value(str(kind.label))) for kind in MaterialKind), output_field=CharField())
    return rows.annotate(called=Concat(kinds, Value(" · "), F("round__name")))


def _nearly_due(today: date) -> MaterialQuerySet:
    return _named(Material.objects.owed_until(today + timedelta(settings.REMIND_DAYS_BEFORE_DUE)))


def _advised(_today: date) -> MaterialQuerySet:
    return _named(Material.objects.advised())


def _sent_back(_today: date) -> MaterialQuerySet:
    return _named(Material.objects.sent_back())


def _for_committees(rows: Callable[[date], MaterialQuerySet]) -> Callable[[date], MaterialQuerySet]:
    """The same of what a committee writes together: everybody who writes on it is reminded."""
    return lambda today: rows(today).by_committees(today)


def _write_item(row: Material) -> TodoItem:
    text, url = f"{row.get_kind_display()} · {row.round}", row.get_absolute_url()
    if row.state == MaterialState.SUBMITTED:  # in time, whatever its author makes of the advice
        return TodoItem(text, url, mark=badge(_("Changes suggested"), "waiting"))
    mark = state_badge(row) if row.state == MaterialState.RETURNED else ""
    return TodoItem(text, url, due_on=row.due_on, mark=mark)


def _confirm_item(row: Material) -> TodoItem:
    return TodoItem(f"{row.get_kind_display()} · {row.round}", row.get_absolute_url())


def _review_item(row: Material) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("material_write", _("Materials to write"), "pencil-square", 10, rows=_to_write, item=_write_item))
register(
    Todo("material_review", _("Materials to review"), "file-earmark-check", 20, rows=_to_review, item=_review_item)
)
register(
    Todo("material_confirm", _("Entered for you, to confirm"), "keyboard", 15, rows=_to_confirm, item=_confirm_item)
)

TOLD: dict[str, Any] = {"label": "called", "url_name": "material_detail"}
OF_AUTHOR: dict[str, Any] = {"recipient": "author", **TOLD}
OF_COMMITTEE: dict[str, Any] = {"recipient": committees.MEMBER, **TOLD}
for _rule in (
    rules.Rule(
        "material_due", _("Your material for “%(subject)s” is due on %(due)s."), rows=_nearly_due, **OF_AUTHOR
    ),
    rules.Rule(
        "material_advised", _("On %(due)s the reviewer suggested changes to your material for “%(subject)s”."),
        rows=_advised, due_on="remarked_on", **OF_AUTHOR,
    ),
    rules.Rule(
        "material_returned", _("On %(due)s your material for “%(subject)s” was returned for changes."),
        rows=_sent_back, due_on="remarked_on", **OF_AUTHOR,
    ),
    rules.Rule(
        "committee_due", _("Your committee's material for “%(subject)s” is due on %(due)s."),
        rows=_for_committees(_nearly_due), **OF_COMMITTEE,
    ),
    rules.Rule(
        "committee_advised", _("On %(due)s changes to your committee's material for “%(subject)s” were suggested."),
        rows=_for_committees(_advised), due_on="remarked_on", **OF_COMMITTEE,
    ),
    rules.Rule(
        "committee_returned", _("On %(due)s your committee's material for “%(subject)s” was returned for changes."),
        rows=_for_committees(_sent_back), due_on="remarked_on", **OF_COMMITTEE,
    ),
):  # fmt: skip
    rules.register(_rule)
