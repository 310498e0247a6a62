"""The page frame: what base.html shows around every page. Nothing here is computed before a template asks for it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from shell.copies import owner_of
from shell.htmx import base_template
from shell.menu import Line, Section, bar, sections

_facts: dict[str, Callable[[HttpRequest], Any]] = {}


def supply(fact: str, read: Callable[[HttpRequest], Any]) -> None:
    """Let an upper room say how a signed-in user's `unit` (name, address of its logo) or `acting_as` is found, and
    whether he is still `at_door`: signed in, but led to one page until something is done."""
    _facts[fact] = read


class Frame:
    """Menu, badges and names for one request; works before sign-in and costs no query of its own."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.demo: bool = settings.DEMO

    @cached_property
    def user(self) -> Any:
        """The signed-in user; None before sign-in and on pages refused before anybody was looked up."""
        user = getattr(self._request, "user", None)
        return user if user and user.is_authenticated else None

    @property
    def ground(self) -> str:
        """What a page that says no stands on: the frame for whoever is inside, nothing around it for everybody else."""
        return "base.html" if self.user and not self._fact("at_door") else "shell/bare.html"

    @cached_property
    def base(self) -> str:
        return base_template(self._request)

    @cached_property
    def unit(self) -> tuple[str, str]:
        return self._fact("unit") or ("", "")

    @property
    def unit_name(self) -> str:
        return self.unit[0]

    @property
    def logo_url(self) -> str:
        return self.unit[1]

    @cached_property
    def user_name(self) -> str:
        return self._fact("user_name") or str(self.user or "")

    @cached_property
    def copies_of(self) -> str:
        """Whose copies of unsaved words the browser drops when this person signs out."""
        return owner_of(self.user) if self.user else ""

    @cached_property
    def acting_as(self) -> tuple[str, ...]:
        return tuple(self._fact("acting_as"))

    @cached_property
    def home_url(self) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    @cached_property
    def menu(self) -> tuple[Section, ...]:
        return sections(self.user, self._request.path) if self.user else ()

    @property
    def has_menu(self) -> bool:
        return bool(self.menu)

    @cached_property
    def bar(self) -> tuple[Line, ...]:
        return bar(self.user, self._request.path) if self.user else ()

    def _fact(self, name: str) -> Any:
        return _facts[name](self._request) or "" if self.user and name in _facts else ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
