"""What waits for whom: opinions to sort for whoever reads them, digests to acknowledge for whom they concern."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisals.models import Digest, Opinion, OpinionAnswer, OpinionPage
from reminders.todos import Todo, TodoItem, register
from shell.asked import Asked, asked


def _to_sort(user: Any) -> Asked:
    return asked(Opinion).awaiting(user).select_related("organisation").order_by("noted_on", "pk")


def _to_acknowledge(user: Any) -> Asked:
    return asked(Digest).awaiting(user).select_related("organisation").order_by("fed_back_on", "pk")


def _pages(user: Any) -> Asked:
    return asked(OpinionPage).awaiting(user).select_related("organisation").order_by("until", "pk")


def _answers(user: Any) -> Asked:
    return asked(OpinionAnswer).awaiting(user).select_related("organisation").order_by("pk")


def _page_item(row: OpinionPage) -> TodoItem:
    return TodoItem(str(_("Public page")), row.get_absolute_url(), waits_for=row.organisation.label)


def _answer_item(row: OpinionAnswer) -> TodoItem:
    return TodoItem(str(row), row.get_absolute_url(), waits_for=row.organisation.label)


def _sort_item(row: Opinion) -> TodoItem:
    return TodoItem(f"{row} · {row.get_target_display()}", row.get_absolute_url(), waits_for=row.organisation.label)


def _acknowledge_item(row: Digest) -> TodoItem:
    return TodoItem(f"{row} · {row.get_target_display()}", row.get_absolute_url(), waits_for=row.organisation.label)


register(Todo("opinion_sort", _("Opinions to sort"), "inboxes", 24, rows=_to_sort, item=_sort_item))
register(
    Todo("digest_acknowledge", _("Feedback to acknowledge"), "chat-square-quote", 12, rows=_to_acknowledge,
         item=_acknowledge_item)
)  # fmt: skip
register(Todo("opinion_page", _("Public pages to approve"), "qr-code", 26, rows=_pages, item=_page_item))
register(Todo("opinion_answer", _("Answers to approve"), "reply", 28, rows=_answers, item=_answer_item))
