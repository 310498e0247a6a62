"""The menu: every room registers its items from AppConfig.ready(); the frame shows those the user may open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise

Text = str | Promise


def everybody(user: Any) -> bool:
    return True


def nothing(user: Any) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
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
    return tuple(_lines(_shown("bar", user), user, path))


def sections(user: Any, path: str) -> tuple[Section, ...]:
    """The left menu for `user`: (heading, lines) in the order of each section's first item."""
    items = _shown("side", user)
    rank = {item.section: place for place, item in reversed(list(enumerate(items)))}
    items.sort(key=lambda item: (rank[item.section], item.order))
    lines = iter(_lines(items, user, path))
    groups = groupby(items, key=lambda item: item.section)
    return tuple((str(name), tuple(next(lines) for _ in group)) for name, group in groups)


def _shown(place: str, user: Any) -> list[Item]:
    items = [item for item in _items.values() if item.place == place and item.shown(user)]
    return sorted(items, key=lambda item: item.order)


def _lines(items: list[Item], user: Any, path: str) -> list[Line]:
    addresses = [_address(item.url_name, get_script_prefix(), get_urlconf()) for item in items]
    # The longest address that the page lies under wins: /meetings/talks/3/ marks talks, not meetings.
    under = [url for url in addresses if path == url or (url != "/" and path.startswith(url))]
    claimed = [url for url, item in zip(addresses, items, strict=True) if item.also and re.search(item.also, path)]
    current = max(claimed or under, key=len, default="")
    return [
        Line(str(item.label), url, item.icon, _badge(item.badge(user)), url == current)
        for item, url in zip(items, addresses, strict=True)
    ]


@lru_cache(maxsize=500)
def _address(url_name: str, prefix: str, urlconf: str | None) -> str:
    return reverse(url_name)


def _badge(count: int | None) -> str:
    return "" if not count else str(count) if count < 100 else "99+"


def registered() -> Iterator[Item]:
    """Every item, for the tests that compare the menu with the table of rights."""
    yield from _items.values()
