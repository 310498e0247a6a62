"""How values are written, in templates (as filters) and in list cells: 2026-11-21 20:30, 1,286, --, links, badges."""

import html
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

EMPTY = "--"
_spoken: ContextVar[str] = ContextVar("spoken", default="")


def day(value: date | datetime | None) -> str:
    """2026-11-21, a moment in the site's time zone; `--` where there is none."""
    if not value:
        return EMPTY
    return _local(value).isoformat()[:10]


def moment(value: datetime | None) -> str:
    """2026-11-21 20:30 in the site's time zone; `--` where there is none."""
    if not value:
        return EMPTY
    return _local(value).isoformat(" ")[:16]  # type: ignore[call-arg]


def span(begins: datetime | None, ends: datetime | None) -> str:
    """2026-11-21 20:30～22:00, with the day of the end only where it is another; the beginning alone without an end."""
    if not begins or not ends:
        return moment(begins)
    return f"{moment(begins)}～{moment(ends)[11:] if day(begins) == day(ends) else moment(ends)}"


def dash(value: Any) -> Any:
    """The value itself, `--` where it is None or empty. Zero is a value."""
    return EMPTY if value is None or value == "" else value


def number(value: float | None) -> str:
    """1,286; `--` where there is none."""
    return EMPTY if value is None or value == "" else f"{value:,}"


def signed(value: int | None) -> str:
    """A difference: +20, -3 or 0; `--` where there is none."""
    return f"{value:+,}" if value else number(value)


def trimmed(value: Decimal | int) -> str:
    """3 or 3.5, without idle noughts."""
    return f"{Decimal(value).normalize():f}"


def escaped(value: Any) -> str:
    """`value` as HTML, escaped unless it is marked safe: django's conditional_escape at a third of the cost a cell."""
    if type(value) is SafeString:
        return value
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


def joined(parts: Iterable[Any]) -> SafeString:
    """The parts one after another as HTML, each escaped unless it is marked safe."""
    return mark_safe("".join(map(escaped, parts)))


def link(url: str, text: Any) -> SafeString:
    """A link for a list cell."""
    return mark_safe(f'<a href="{escaped(url)}">{escaped(text)}</a>')


def badge(label: str | Promise, tone: str = "neutral") -> SafeString:
    """A state in words on a coloured ground; tone is neutral, active, waiting, done or alarm (with a sign)."""
    return _badge(str(label), tone)


def state_badge(subject: Any) -> SafeString:
    """The state of anything that moves, in its word and on the ground that belongs to it."""
    return _state_badge(type(subject), subject.state, _language())  # type: ignore[arg-type]


def choice(row: Any, name: str) -> str:
    """The words of a field with choices, as get_…_display says them; kept for each language, as lists ask often."""
    return _choice(type(row), name, getattr(row, name), _language())  # type: ignore[arg-type]


@contextmanager
def one_language() -> Iterator[None]:
    """Within it the language spoken stays the same: asking for it anew costs a cell more than its words."""
    before = _spoken.set(_language())
    try:
        yield
    finally:
        _spoken.reset(before)


def icon(name: str, words: str | Promise = "") -> SafeString:
    """A Bootstrap icon; silent for screen readers unless it carries `words`."""
    return _icon(name, str(words))


def _language() -> str:
    return _spoken.get() or get_language() or ""


@lru_cache(maxsize=2000)
def _state_badge(model: type, state: str, language: str) -> SafeString:
    return badge(_choice(model, "state", state, language), model.State(state).tone)  # type: ignore[attr-defined]


@lru_cache(maxsize=500)
def _badge(label: str, tone: str) -> SafeString:
    sign = icon("exclamation-triangle-fill") if tone == "alarm" else ""
    return format_html('<span class="state state-{}">{}{}</span>', tone, sign, label)


@lru_cache(maxsize=500)
def _icon(name: str, words: str) -> SafeString:
    if words:
        return format_html('<i class="bi bi-{}" role="img" aria-label="{}"></i>', name, words)
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@lru_cache(maxsize=2000)
def _choice(model: type, name: str, value: Any, language: str) -> str:
    return str(dict(model._meta.get_field(name).flatchoices).get(value, value or ""))  # type: ignore[attr-defined]


def _local(value: date | datetime) -> date | datetime:
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return value.astimezone(timezone.get_default_timezone()) if aware else value  # type: ignore[union-attr]
