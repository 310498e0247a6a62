"""What waits for whom: publications to reword, to review, to approve, to make public."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rectification.models import Publication
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _to_reword(user: Any) -> Asked:
    return asked(Publication).to_reword(user).select_related("organisation").order_by("until", "pk")


def _to_review(user: Any) -> Asked:
    return asked(Publication).to_review(user).select_related("organisation").order_by("until", "pk")


def _to_approve(user: Any) -> Asked:
    return asked(Publication).to_approve(user).select_related("organisation").order_by("until", "pk")


def _to_publish(user: Any) -> Asked:
    return asked(Publication).to_publish(user).select_related("organisation").order_by("until", "pk")


def _item(row: Publication) -> TodoItem:
    words = f"{row.title} · {row.get_audience_display()}"
    return TodoItem(words, row.get_absolute_url(), waits_for=row.organisation.label)


REWORD, REVIEW = _("Publications to reword"), _("Publications to review")
APPROVE, PUBLISH = _("Publications to approve"), _("Publications to make public")
register(Todo("publication_reword", REWORD, "pencil", 35, rows=_to_reword, item=_item))
register(Todo("publication_review", REVIEW, "shield-check", 36, rows=_to_review, item=_item))
register(Todo("publication_approve", APPROVE, "check2-square", 37, rows=_to_approve, item=_item))
register(Todo("publication_publish", PUBLISH, "megaphone", 38, rows=_to_publish, item=_item))
