"""Lists: filter, sort, count, page and format rows once, so that the template only prints them."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render as render_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from shell.asked import Asked
from shell.conditions import OWN_PARAMETERS, Conditions
from shell.formats import EMPTY, escaped, one_language
from shell.pager import SIZES, Pager, query_with
from shell.rows import read_light

# In the first cell, so that a row stays one card on a phone; the bar is a form of its own further up.
PICK: Final = (
    '<input class="form-check-input pick" type="checkbox" form="batch" name="selected" value="{{key}}" '
    'aria-label="{words}">'
)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column. `cell` makes its text from a row; `sort` is the database field, empty where it cannot be sorted.

    `css` goes on its cells: `num` right-aligned, `nowrap`, `actions`, `wide` (a line of its own on a phone).
    """

    key: str
    label: str | Promise
    cell: Callable[[Any], Any]
    sort: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One button of the batch bar: the keys of the ticked rows are posted to `url` as `selected`, with `hidden`."""

    label: str | Promise
    url: str | Promise
    icon: str
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column: where a click leads and how the rows stand now, as an aria-sort value."""

    label: str
    css: str
    url: str = ""
    order: str = ""


@dataclass
class ListPage:
    """Everything shell/list.html prints; `query` is the address of the filter and order, for an export link, `address`
    the same with stand-ins for what was typed."""

    columns: Sequence[Column]
    headers: tuple[Header, ...]
    conditions: Conditions | None
    pager: Pager
    path: str
    query: str
    address: str
    is_filtered: bool
    deeds: Sequence[Deed] = ()
    key: Callable[[Any], Any] = attrgetter("pk")
    reads: Sequence[str] = ()

    @property
    def total(self) -> int:
        return self.pager.total

    @property
    def is_read(self) -> bool:
        return self.conditions is None or self.conditions.is_read

    @property
    def words(self) -> dict[str, str]:
        """What was typed among the conditions, by its stand-in in the parts that are kept."""
        return self.conditions.words if self.conditions else {}

    @cached_property
    def looks(self) -> dict[str, Hashable]:
        """What tells the kept parts of this page from others (shell.kept); none where a condition cannot be read."""
        last = self.objects and self.pager.last_key  # which the link to the next page names
        if self.conditions and not self.conditions.is_kept:
            return {"heads": None, "conditions": None, "pager": None}
        asked = (self.path, self.address, self.pager.size)
        return {
            "heads": self.headers,
            "conditions": self.conditions and (*asked, *self.conditions.choices.items()),
            "pager": (*asked, self.pager.number, self.total, last or None),
        }

    @cached_property
    def objects(self) -> list[Any]:
        """The rows of this page as they came from the database."""
        rows = self.pager.rows
        found = read_light(rows, self.reads) if self.reads else list(rows)
        self.pager.last_key = getattr(found[-1], "pk", None) if found else None
        return found

    @cached_property
    def rows(self) -> SafeString:
        """The table rows in one piece, cells escaped: a template loop over 50 rows costs several times as much."""
        with one_language():
            return mark_safe("".join(self._rows()))

    def _rows(self) -> Iterator[str]:
        language = get_language()
        cells = [(column.cell, *_openings(column, language)) for column in self.columns]
        pick = PICK.format(words=escaped(_("Select this row"))) if self.deeds else ""
        for row in self.objects:
            yield "<tr>"
            for place, (cell, filled, empty) in enumerate(cells):
                value = cell(row)
                is_empty = value is None or value == ""
                yield empty if is_empty else filled
                if pick and not place and (key := self.key(row)):
                    yield pick.replace("{key}", escaped(key))
                yield EMPTY if is_empty else escaped(value)
                yield "</td>"
            yield "</tr>\n"


def page(
    request: HttpRequest,
    rows: QuerySet | Asked,
    *,
    columns: Sequence[Column],
    filters: type[FilterSet] | None = None,
    default_sort: str = "-pk",
    deeds: Sequence[Deed] = (),
    key: Callable[[Any], Any] = attrgetter("pk"),
    reads: Sequence[str] = (),
) -> ListPage:
    """The page of `rows` that the address asks for; an empty default keeps their own order. With `deeds`, rows can be
    ticked and the bar 已选 N 项 offers them; `key` is what a tick posts, nothing for a row that takes none. `reads`
    names what the cells print, where rows are to be read light (shell.rows).

    Unknown sorts and sizes are ignored, pages past the end clipped. A filter that cannot be read shows its error and no
    rows, so that nobody takes the whole for a part.
    """
    is_filtered = any(value for name, value in request.GET.items() if name not in OWN_PARAMETERS)
    conditions = Conditions(filters, request, rows.model) if filters else None
    if conditions and is_filtered:
        rows = conditions.narrow(rows)
    address = conditions.address if conditions else request.GET
    sort = _sort(request.GET.get("sort", ""), columns) or default_sort
    order = _order(sort, columns) if sort else ()
    return ListPage(
        columns=columns,
        headers=tuple(_header(address, column, sort) for column in columns),
        conditions=conditions,
        pager=Pager(address, rows.order_by(*order) if order else rows, _by(rows.model, order)),
        path=request.path,
        query=query_with(request.GET, page=None, size=None),
        address=query_with(address, page=None, size=None),
        deeds=deeds,
        key=key,
        reads=reads,
        is_filtered=is_filtered,
    )


def render(request: HttpRequest, template: str, page: ListPage, **context: Any) -> HttpResponse:
    """The whole page, or only its list area where htmx asks for that. `template` extends shell/list.html."""
    return render_template(request, template, {"page": page, **context})


def selected(request: HttpRequest, name: str = "selected") -> list[int]:
    """The keys of the rows ticked on a list page, as posted; words that are no key are dropped, at most a page's."""
    return [int(key) for key in request.POST.getlist(name)[: SIZES[-1]] if key.isascii() and key.isdigit()]


def _sort(asked: str, columns: Sequence[Column]) -> str:
    return asked if asked.removeprefix("-") in {column.key for column in columns if column.sort} else ""


def _order(sort: str, columns: Sequence[Column]) -> tuple[str, str]:
    """The database order of `sort`, with the key behind it: rows that are equal must not change pages."""
    sign = "-" if sort.startswith("-") else ""
    name = sort.removeprefix("-")
    fields = {column.key: column.sort for column in columns if column.sort}
    return f"{sign}{fields.get(name, name)}", f"{sign}pk"


def _by(model: type[Model], order: Sequence[str]) -> str:
    """The first column of `order` where it is one of the model that is always filled: rows are paged by key there."""
    name = order[0] if order else ""
    columns = {"pk"} | {field.name for field in model._meta.concrete_fields if not field.null and not field.is_relation}
    return name if name.removeprefix("-") in columns else ""


def _header(address: QueryDict, column: Column, sort: str) -> Header:
    if not column.sort:
        return Header(str(column.label), column.css)
    order = ""
    if sort.removeprefix("-") in (column.key, column.sort):
        order = "descending" if sort.startswith("-") else "ascending"
    turned = f"-{column.key}" if order == "ascending" else column.key
    return Header(str(column.label), column.css, query_with(address, sort=turned, page=None), order)


@lru_cache(maxsize=2000)
def _openings(column: Column, language: str) -> tuple[str, str]:
    """The tag that begins a cell of it, and a cell in which nothing stands."""
    opening = f'<td data-label="{escaped(column.label)}"'
    filled = f'{opening} class="{column.css}">' if column.css else f"{opening}>"
    return filled, f'{opening} class="{f"{column.css} none".strip()}">'
