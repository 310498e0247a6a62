"""The addresses of one room, passed over at once for a path that begins otherwise."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern


def room(urls: str) -> URLResolver:
    """As path("", include(urls)), for addresses that all begin with words: of several hundred, only those of the rooms
    that know the first word of a path are compared with it.

    Raises ImproperlyConfigured where an address begins with a converter.
    """
    return URLResolver(_FirstWords(import_module(urls).urlpatterns), urls)


class _FirstWords(RoutePattern):
    def __init__(self, patterns: list[URLPattern | URLResolver]) -> None:
        super().__init__("", is_endpoint=False)
        self.words = {word for one in patterns for word in _first_words(one)}
        if any("<" in word for word in self.words):
            raise ImproperlyConfigured("An address of a room begins with a word.")

    def match(self, path: str) -> Any:
        return super().match(path) if path.partition("/")[0] in self.words else None


def _first_words(one: URLPattern | URLResolver, before: str = "") -> Iterator[str]:
    begin = before + str(one.pattern)
    if "/" in begin or isinstance(one, URLPattern):
        yield begin.partition("/")[0]
        return
    for inner in one.url_patterns:
        yield from _first_words(inner, begin)
