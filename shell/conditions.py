"""The conditions over a list: what is given narrows the rows; a field nobody typed in is kept as it looks."""

from collections.abc import Hashable, Iterator
from copy import copy
from functools import cached_property, partial
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, Filter, FilterSet

from shell.filters import OfferedFilter, RowFilter
from shell.forms import name_the_empty_choice
from shell.kept import STAND_INS, kept
from shell.pager import OF_PAGE

# The list's own parameters; everything else in the address belongs to the conditions.
OWN_PARAMETERS: Final = {*OF_PAGE, "size", "sort"}
CONTROLS: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select form-select-sm"),
    (forms.Widget, "form-control form-control-sm"),
)
Choices = dict[str, tuple[tuple[Any, str], ...]]


class Conditions:
    """The conditions of `filters` as the address gives them, over rows of `model`."""

    def __init__(self, filters: type[FilterSet], request: HttpRequest, model: type[Model]) -> None:
        self._filters, self._request, self._model = filters, request, model
        self._asked: dict[str, str] = {
            name: str(value) for name, value in request.GET.items() if value and name not in OWN_PARAMETERS
        }

    def narrow(self, rows: Any) -> Any:
        """The rows that meet what was given; none where that cannot be read."""
        return narrowed(rows, self._given)

    @property
    def is_read(self) -> bool:
        """False where a condition cannot be read."""
        return not self._asked or self._given.is_valid()

    @property
    def is_kept(self) -> bool:
        """Whether parts of the page may be kept: everything given can be read, and each word has a stand-in."""
        return self.is_read and len(self._typed) <= len(STAND_INS)

    @cached_property
    def words(self) -> dict[str, str]:
        """What somebody typed by its stand-in, for parts that are kept (shell.kept); none where nothing is."""
        typed = [self._asked[name] for name in self._typed] if self.is_kept else []
        return dict(zip(STAND_INS, typed, strict=False))

    @cached_property
    def address(self) -> QueryDict:
        """The parameters with the stand-ins of the words among them."""
        address = self._request.GET.copy()
        for one, name in zip(self.words, self._typed, strict=False):
            address[name] = one
        return address

    @cached_property
    def _typed(self) -> list[str]:
        """The parameters that hold free text: all but those which were chosen, or read as a day or a number."""
        filters = self._filters.base_filters.items()
        bound = [name for name, one in filters if not isinstance(one, CharFilter)]
        return [key for key in self._asked if not any(_belongs(key, name) for name in bound)]

    @cached_property
    def choices(self) -> Choices:
        """The choices of the conditions that come from rows: they differ from person to person, or page to page."""
        filters, asked = self._filters.base_filters.items(), self._request
        rows = {name: one.rows(asked.user) for name, one in filters if isinstance(one, RowFilter)}
        found: Choices = {name: tuple((row.pk, str(row)) for row in offered) for name, offered in rows.items()}
        return found | {name: tuple(one.words(asked)) for name, one in filters if isinstance(one, OfferedFilter)}

    @property
    def hidden(self) -> list[forms.BoundField]:
        """What numbers and links give and nobody sees."""
        return self._given_form.hidden_fields() if self._asked else []

    @cached_property
    def unseen(self) -> list[tuple[str, str]]:
        """The same in words: what it is called, and its value. Not for a part that is kept: it may name a row."""
        if not self._asked or not self.is_read:
            return []
        given = self._given.form.cleaned_data
        hidden = {name: one for name, one in self._given.filters.items() if _is_hidden(one) and given.get(name)}
        told = [(str(one.label), _told(one, given[name])) for name, one in hidden.items()]
        return [(label, words) for label, words in told if words]

    @property
    def fields(self) -> list[SafeString]:
        """Those that are seen, ready to print."""
        return list(self._fields())

    def _fields(self) -> Iterator[SafeString]:
        for name, one in self._filters.base_filters.items():
            if not _is_hidden(one):
                field = SimpleLazyObject(partial(self._field, name))
                yield kept("shell/_filter_field.html", look=self._look(name), field=field)

    def _field(self, name: str) -> forms.BoundField:
        return (self._given_form if name in self._given_form.fields else self._form)[name]

    def _look(self, name: str) -> Hashable:
        """None for what was given where nothing is kept."""
        look = (self._request.path, name, self.choices.get(name))
        given = tuple((key, value) for key, value in self.address.items() if value and _belongs(key, name))
        return (*look, given) if self.is_kept or not given else None

    @cached_property
    def _all(self) -> FilterSet:
        filters: Any = self._filters
        made = filters(self._request.GET, queryset=self._model._default_manager.none(), request=self._request)
        for name, one in made.filters.items():
            if isinstance(one, OfferedFilter):
                one.extra["choices"] = self.choices[name]
        return made

    @cached_property
    def _given(self) -> FilterSet:
        return only_given(self._all)

    @cached_property
    def _told(self) -> FilterSet:
        """The same with the stand-ins; made from the other, which may have asked what it offers."""
        told = copy(self._all)
        told.data = self.address
        return told

    @cached_property
    def _form(self) -> forms.Form:
        return _dress(copy(self._told).form, self.choices)

    @cached_property
    def _given_form(self) -> forms.Form:
        return _dress(only_given(self._told).form, self.choices)


def only_given(conditions: FilterSet) -> FilterSet:
    """Without those for which nothing was given: a form of all of them costs more than a page of rows."""
    given, few = [name for name, value in conditions.data.items() if value], copy(conditions)
    few.filters = {
        name: one
        for name, one in conditions.filters.items()
        if one.extra.get("required") or any(_belongs(key, name) for key in given)
    }
    return few


def narrowed(rows: Any, conditions: FilterSet) -> Any:
    """The rows that meet what was typed; none where that cannot be read."""
    if not conditions.is_valid():
        return rows.filter(pk__in=[])
    for name, value in conditions.form.cleaned_data.items():
        rows = conditions.filters[name].filter(rows, value)
    return rows


def _belongs(key: str, name: str) -> bool:
    """Whether the parameter `key` is the condition `name`, or one end of it."""
    return key in (name, f"{name}_after", f"{name}_before")


def _told(one: Filter, value: Any) -> str:
    """A value in words: as the condition tells it (`told`), or as it is offered."""
    return str(one.told(value) if hasattr(one, "told") else dict(one.extra.get("choices", ())).get(value, ""))


def _is_hidden(one: Filter) -> bool:
    widget = one.extra.get("widget")
    return isinstance(widget, type) and issubclass(widget, forms.HiddenInput)


def _dress(form: forms.Form, known: Choices) -> forms.Form:
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
