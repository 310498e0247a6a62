"""The menu: every room registers its items from AppConfig.ready(); the frame shows those the user may open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

Text = str | Promise


def everybody(user: Any) -> bool:
    return True


def nothing(user: Any) -> int | None:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One address offered by the frame. `icon` is a Bootstrap Icons name; `badge` a count, shown where above zero;
    `also` a pattern of further addresses that belong to it though they lie under another item's."""

    url_name: str
    label: Text
    icon: str
    order: int
    section: Text = ""
    shown: Callable[[Any], bool] = everybody
    badge: Callable[[Any], int | None] = nothing
    place: Literal["side", "bar"] = "side"
    also: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An item as one user sees it on one page."""

    label: str
    url: str
    icon: str
    badge: str
    is_current: bool = False


Section = tuple[str, tuple[Line, ...]]
_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Offer `item` in the frame; registering the same URL name again replaces it."""
    _items[item.url_name] = item


def bar(user: Any, path: str) -> tuple[Line, ...]:
    """The icons of the brand bar for `user`."""
    return tuple(line for _section, line in _lines("bar", user, path))


def sections(user: Any, path: str) -> tuple[Section, ...]:
    """The left menu for `user`: (heading, lines) in the order of each section's first item."""
    found: dict[str, list[Line]] = {}
    for section, line in _lines("side", user, path):
        found.setdefault(section, []).append(line)
    return tuple((section, tuple(lines)) for section, lines in found.items())


def _lines(place: str, user: Any, path: str) -> Iterator[tuple[str, Line]]:
    """The lines there in their order, each behind the heading it belongs under."""
    items = [item for item in _items.values() if item.place == place and item.shown(user)]
    items.sort(key=lambda item: item.order)
    here = get_language(), get_script_prefix()
    told = [_told(item, *here) for item in items]
    # The longest address that the page lies under wins: /meetings/talks/3/ marks talks, not meetings.
    under = [url for _, _, url in told if path == url or (url != "/" and path.startswith(url))]
    claimed = [url for item, (_, _, url) in zip(items, told, strict=True) if item.also and re.search(item.also, path)]
    current = max(claimed or under, key=len, default="")
    for item, (section, label, url) in zip(items, told, strict=True):
        yield section, Line(label, url, item.icon, _badge(item.badge(user)), url == current)


@lru_cache(maxsize=2000)
def _told(item: Item, language: str, prefix: str) -> tuple[str, str, str]:
    return str(item.section), str(item.label), reverse(item.url_name)


def _badge(count: int | None) -> str:
    return "" if not count else str(count) if count < 100 else "99+"


def registered() -> Iterator[Item]:
    """Every item, for the tests that compare the menu with the table of rights."""
    yield from _items.values()
