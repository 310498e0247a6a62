"""Lists: filter, sort, count, page and format rows once, so that the template only prints them."""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import Any, Final

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter, FilterSet

from shell.asked import Asked
from shell.filters import OfferedFilter, RowFilter
from shell.formats import EMPTY, escaped
from shell.forms import name_the_empty_choice
from shell.pager import OF_PAGE, SIZES, Pager, query_with
from shell.rows import read_light

# In the first cell, so that a row stays one card on a phone; the bar is a form of its own further up.
PICK: Final = (
    '<input class="form-check-input pick" type="checkbox" form="batch" name="selected" value="{{key}}" '
    'aria-label="{words}">'
)
# The list's own parameters; everything else in the address belongs to the filter.
OWN_PARAMETERS: Final = {*OF_PAGE, "size", "sort"}
CHOSEN: Final = (BooleanFilter, ChoiceFilter)
CONTROLS: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select form-select-sm"),
    (forms.Widget, "form-control form-control-sm"),
)


@dataclass(frozen=True, slots=True)
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
    """Everything shell/list.html prints; `query` is the address of the filter and order, for an export link."""

    columns: Sequence[Column]
    headers: tuple[Header, ...]
    filters: type[FilterSet] | None
    conditions: Callable[[], FilterSet]
    pager: Pager
    path: str
    query: str
    is_filtered: bool
    is_read: bool
    request: HttpRequest
    deeds: Sequence[Deed] = ()
    key: Callable[[Any], Any] = attrgetter("pk")
    reads: Sequence[str] = ()

    @property
    def total(self) -> int:
        return self.pager.total

    @property
    def has_conditions(self) -> bool:
        return self.filters is not None

    @cached_property
    def form(self) -> forms.Form | None:
        """The conditions as a form; built where it is wanted, for most pages show one that is kept."""
        return _dress(self.conditions().form, self._choices) if self.filters else None

    @property
    def fields(self) -> list[tuple[forms.BoundField, Hashable]]:
        """The conditions that are seen, each with its look; None for one that holds typed words."""
        return [(field, self._look(field)) for field in self.form.visible_fields()] if self.form else []

    def _look(self, field: forms.BoundField) -> Hashable:
        of_field = (self.path, field.name, self._choices.get(field.name))
        if isinstance(self.conditions().filters.get(field.name), (*CHOSEN, RowFilter)):
            return None if field.errors else (*of_field, str(field.data or ""))
        typed = any(value and name.startswith(field.name) for name, value in self.request.GET.items())
        return None if typed or field.errors else of_field

    @cached_property
    def looks(self) -> dict[str, Hashable]:
        """What tells the kept parts of this page from others (shell.kept); none where a condition was typed."""
        last = self.objects and self.pager.last_key  # which the link to the next page names
        if self._holds_words:
            return {"heads": None, "conditions": None, "pager": None}
        asked = (self.path, self.query, self.pager.size)
        return {
            "heads": self.headers,
            "conditions": (*asked, *self._choices.items()),
            "pager": (*asked, self.pager.number, self.total, last or None),
        }

    @cached_property
    def _holds_words(self) -> bool:
        """True where a condition holds what somebody typed, and not only what he chose from those offered."""
        filters = self.filters.base_filters if self.filters else {}
        chosen = {name for name, one in filters.items() if isinstance(one, CHOSEN)}
        asked = {name for name, value in self.request.GET.items() if value and name not in OWN_PARAMETERS}
        return bool(asked) and (not asked <= chosen or not self.is_read)

    @cached_property
    def _choices(self) -> dict[str, tuple[tuple[Any, str], ...]]:
        """The choices of the conditions that come from rows: they differ from person to person, or page to page."""
        filters = self.filters.base_filters.items() if self.filters else ()
        found = {
            name: tuple((row.pk, str(row)) for row in one.rows(self.request.user))
            for name, one in filters
            if isinstance(one, RowFilter)
        }
        offered = [name for name, one in filters if isinstance(one, OfferedFilter)]
        here = self.conditions().filters if offered else {}
        return found | {name: tuple(here[name].extra["choices"]) for name in offered}

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
        cells = [(column.cell, _opening(column), _opening(column, " none")) for column in self.columns]
        parts: list[str] = []
        pick = PICK.format(words=escaped(_("Select this row"))) if self.deeds else ""
        for row in self.objects:
            parts.append("<tr>")
            for place, (cell, filled, empty) in enumerate(cells):
                value = cell(row)
                is_empty = value is None or value == ""
                parts.append(empty if is_empty else filled)
                if pick and not place and (key := self.key(row)):
                    parts.append(pick.replace("{key}", escaped(key)))
                parts.append(EMPTY if is_empty else escaped(value))
                parts.append("</td>")
            parts.append("</tr>\n")
        return mark_safe("".join(parts))


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
    made: Any = filters or FilterSet
    told = rows.model._default_manager.none() if isinstance(rows, Asked) else rows
    conditions = cache(partial(made, request.GET, queryset=told, request=request))
    is_read = True
    if filters and is_filtered:
        given = only_given(conditions())
        rows, is_read = narrowed(rows, given), given.is_valid()
    sort = _sort(request.GET.get("sort", ""), columns) or default_sort
    order = _order(sort, columns) if sort else ()
    return ListPage(
        columns=columns,
        headers=tuple(_header(request, column, sort) for column in columns),
        filters=filters,
        conditions=conditions,
        pager=Pager(request.GET, rows.order_by(*order) if order else rows, _by(rows.model, order)),
        path=request.path,
        query=query_with(request.GET, page=None, size=None),
        deeds=deeds,
        key=key,
        reads=reads,
        is_filtered=is_filtered,
        is_read=is_read,
        request=request,
    )


def render(request: HttpRequest, template: str, page: ListPage, **context: Any) -> HttpResponse:
    """The whole page, or only its list area where htmx asks for that. `template` extends shell/list.html."""
    return render_template(request, template, {"page": page, **context})


def selected(request: HttpRequest) -> list[int]:
    """The keys of the rows ticked on a list page, as posted; words that are no key are dropped, at most a page's."""
    return [int(key) for key in request.POST.getlist("selected")[: SIZES[-1]] if key.isascii() and key.isdigit()]


def only_given(conditions: FilterSet) -> FilterSet:
    """Without those for which nothing was given: a form of all of them costs more than a page of rows."""
    given, few = [name for name, value in conditions.data.items() if value], copy(conditions)
    few.filters = {
        name: one
        for name, one in conditions.filters.items()
        if one.extra.get("required") or any(key == name or key.startswith(f"{name}_") for key in given)
    }
    return few


def narrowed(rows: Any, conditions: FilterSet) -> Any:
    """The rows that meet what was typed; none where that cannot be read."""
    if not conditions.is_valid():
        return rows.filter(pk__in=[])
    for name, value in conditions.form.cleaned_data.items():
        rows = conditions.filters[name].filter(rows, value)
    return rows


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


def _header(request: HttpRequest, column: Column, sort: str) -> Header:
    if not column.sort:
        return Header(str(column.label), column.css)
    order = ""
    if sort.removeprefix("-") in (column.key, column.sort):
        order = "descending" if sort.startswith("-") else "ascending"
    turned = f"-{column.key}" if order == "ascending" else column.key
    return Header(str(column.label), column.css, query_with(request.GET, sort=turned, page=None), order)


def _opening(column: Column, more: str = "") -> str:
    css = f' class="{(column.css + more).strip()}"' if column.css or more else ""
    return f'<td data-label="{escaped(column.label)}"{css}>'


def _dress(form: forms.Form, known: dict[str, tuple[tuple[Any, str], ...]]) -> forms.Form:
    """Small Bootstrap controls, and “All” where nothing is chosen; `known` are choices of rows that have been read."""
    for name, field in form.fields.items():
        widgets = getattr(field.widget, "widgets", [field.widget])
        for widget in widgets:
            widget.attrs["class"] = next(css for kind, css in CONTROLS if isinstance(widget, kind))
        name_the_empty_choice(field, _("All"))
        if isinstance(field, forms.ModelChoiceField):
            read = [("", field.empty_label), *known[name]] if name in known else iter(field.widget.choices)
            field.widget.choices = list(read)  # once; asked for itself, it would be counted first
    return form
