"""To-dos: what waits for a person, derived from the rows themselves. A to-do closes only when the work is done.

A room registers its kinds from AppConfig.ready(), in its own todos.py:

    todos.register(
        todos.Todo(
            "meeting_accept",
            _("Meeting records to accept"),
            "journal-check",
            order=30,
            rows=lambda user: asked(Meeting).awaiting(user).select_related("organisation").order_by("submitted_at"),
            item=lambda row: todos.TodoItem(row.theme, row.get_absolute_url(), waits_for=row.organisation.label),
        )
    )

One queryset gives the number and the rows, so that the number opens exactly what it counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shell.asked import Asked
from shell.asked import counts as numbers_of
from shell.formats import badge


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One thing to do. `waits_for` says who or which branch waits for it; `due_on` only where a day is set; `mark` is a
    tag that sets it apart from others of its kind."""

    text: str
    url: str
    due_on: date | None = None
    waits_for: str = ""
    mark: SafeString | str = ""

    def sign(self, today: date) -> str:
        """Its mark, then “Overdue by n days” or “Due today”; empty while there is time or no day is set."""
        days = (today - self.due_on).days if self.due_on else -1
        due: SafeString | str = ""
        if days > 0:
            due = badge(_("Overdue by %(days)d days") % {"days": days}, "alarm")
        elif days == 0:
            due = badge(_("Due today"), "waiting")
        return format_html("{} {}", self.mark, due) if self.mark and due else self.mark or due


@dataclass(frozen=True, slots=True)
class Todo:
    """One kind of to-do. `rows` is ordered, the most urgent first, and selects whatever `item` reads."""

    code: str
    label: str | Promise
    icon: str
    order: int
    rows: Callable[[Any], Asked]
    item: Callable[[Any], TodoItem]

    def lines(self, rows: Iterable[Any], today: date) -> list[tuple[TodoItem, str]]:
        """What a page prints of some of the rows: each item and its sign."""
        items = (self.item(row) for row in rows)
        return [(item, item.sign(today)) for item in items]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind on the first page: how many there are, and the first of them."""

    todo: Todo
    count: int
    lines: list[tuple[TodoItem, str]]


_todos: dict[str, Todo] = {}


def register(todo: Todo) -> None:
    """Offer a kind of to-do; registering the same code again replaces it."""
    _todos[todo.code] = todo


def registered() -> list[Todo]:
    """Every kind, in order."""
    return sorted(_todos.values(), key=lambda todo: todo.order)


def counts(user: Any) -> dict[str, int]:
    """How many of each kind wait for `user`: one query, once per request (each request loads its own user)."""
    found: dict[str, int] | None = vars(user).get("_todo_counts")
    if found is None:
        kinds = registered()
        numbers = numbers_of(todo.rows(user) for todo in kinds)
        found = vars(user)["_todo_counts"] = {todo.code: n for todo, n in zip(kinds, numbers, strict=True)}
    return found


def are_counted(user: Any) -> bool:
    """True if this request has already counted them."""
    return "_todo_counts" in vars(user)


def total(user: Any) -> int:
    """The number on the badge."""
    return sum(counts(user).values())


def waiting(user: Any) -> list[tuple[Todo, int]]:
    """The kinds of which something waits, each with its number."""
    return [(todo, number) for todo in registered() if (number := counts(user)[todo.code])]


def sections(user: Any, limit: int, kinds: int | None = None) -> list[Section]:
    """What waits for `user`, the first `limit` of each of the first `kinds` that have any: one query a kind."""
    today, shown = user.reach.day, waiting(user)[:kinds]
    return [Section(todo, number, todo.lines(todo.rows(user)[:limit], today)) for todo, number in shown]
