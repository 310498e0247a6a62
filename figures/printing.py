"""The lines of a table of figures in one piece: a template loop over their cells costs several times as much."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shell.formats import dash, icon, signed

LINE = (
    '<tr><th scope="row" data-label="{}"><a href="{}">{}</a>{}</th><td data-label="{}">{}</td>'
    '<td data-label="{}" class="num">{}</td><td data-label="{}" class="num{}">{}{}</td>'
    '<td data-label="{}" class="num">{}</td><td data-label="{}" class="num{}">{}</td></tr>'
)
EMPTY = " none"  # the class of a cell that holds nothing


def heads() -> list[str]:
    """The words above the columns but the first."""
    return [_("Counted in"), _("From rows"), _("Typed totals"), _("Together"), _("Difference")]


def printed(lines: Sequence[Any], head: str) -> SafeString:
    """A row of the table for each of these figures.pages.Shown; `head` are the words above its first column."""
    columns = heads()
    return format_html_join("\n", "{}", ((_printed(one, head, *columns),) for one in lines))


def _printed(one: Any, head: str, unit: str, rows: str, typed: str, together: str, difference: str) -> SafeString:
    line = one.line
    return format_html(
        LINE,
        head, one.address, one.label, _share(one),
        unit, one.unit,
        rows, _link(one.opens, line.told_rows),
        typed, "" if line.branches or one.types_at else EMPTY,
        _link(one.typed_at, line.told_typed) if line.branches else dash(None), _pencil(one),
        together, line.told_total,
        difference, EMPTY if line.difference is None else "", signed(line.difference),
    )  # fmt: skip


def _link(address: str, words: str) -> str:
    return format_html('<a href="{}">{}</a>', address, words) if address else words


def _share(one: Any) -> str:
    if not one.share:
        return ""
    words = _("%(share)s of “%(whole)s”") % {"share": one.share, "whole": one.whole.metric.label}
    return format_html(' <span class="hint fw-normal">{}</span>', words)


def _pencil(one: Any) -> str:
    """The way to type a total, where this person may."""
    if not one.types_at:
        return ""
    words = _("Type a total: %(name)s") % {"name": one.label}
    return format_html(' <a class="hint" href="{}" aria-label="{}">{}</a>', one.types_at, words, icon("pencil"))
