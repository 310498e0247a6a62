"""The two numbers of the brand bar, on every page: counted once a minute a person, and anew after each deed of his own.

Every kind of to-do costs a query, so counting them for each page would make each new kind a price on all pages. The
pages that show the rows count for themselves and leave their number here.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from reminders import todos
from reminders.models import Notice
from shell.asked import asked

SECONDS = 60
SAFE = ("GET", "HEAD", "OPTIONS")
GetResponse = Callable[[HttpRequest], HttpResponse]


def todo_count(user: Any) -> int:
    return _counted(user, "todos", todos.total, is_fresh=todos.are_counted(user))


def unread_count(user: Any) -> int:
    return _counted(user, "notices", _unread)


def forget_after_deeds(get_response: GetResponse) -> GetResponse:
    """After whatever a person did, his next page counts anew."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if request.method not in SAFE and user and user.is_authenticated:
            cache.delete_many([_key(user, name) for name in ("todos", "notices")])
        return response

    return middleware


def _counted(user: Any, name: str, count: Callable[[Any], int], *, is_fresh: bool = False) -> int:
    known = None if is_fresh else cache.get(_key(user, name))
    if known is None:
        known = count(user)
        cache.set(_key(user, name), known, SECONDS)
    return known


def _key(user: Any, name: str) -> str:
    """The day is part of it: what is due changes at midnight."""
    return f"badge:{name}:{user.pk}:{user.reach.day}"


def _unread(user: Any) -> int:
    return int(asked(Notice).visible_to(user).unread(user.reach.day).count())
