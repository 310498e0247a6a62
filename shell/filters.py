"""Conditions for the filter area of lists: words, a day, a span of days."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import DateTimeField, Q, QuerySet
from django.forms import IntegerField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django_filters.fields import RangeField
from django_filters.widgets import DateRangeWidget

from shell.asked import Asked
from shell.forms import DateField, DateInput


class SearchFilter(django_filters.CharFilter):
    """Every word must occur in one of `fields`, letter for letter: `%` and `_` mean themselves.

    A word without capitals, as any Chinese one, is compared as it stands: turning every text into capitals takes a
    database two thirds of its time.
    """

    def __init__(self, *, fields: list[str], **kwargs: Any) -> None:
        super().__init__(**{"label": _("Keyword"), **kwargs})
        self.fields = fields
        self.extra["max_length"] = 100

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            hits, way = Q(), "contains" if word.upper() == word.lower() else "icontains"
            for name in self.fields:
                hits |= Q(**{f"{name}__{way}": word})
            qs = qs.filter(hits)
        return qs


class RowFilter(django_filters.ModelChoiceFilter):
    """One of the rows `rows(user)` asks for (shell.asked)."""

    def __init__(self, *, rows: Callable[[Any], Asked], **kwargs: Any) -> None:
        super().__init__(queryset=lambda request: rows(request.user).plain(), **kwargs)
        self.rows = rows

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return super().filter(qs, value and value.pk)


class OfferedFilter(django_filters.ChoiceFilter):
    """One of the words that `words(request)` finds out, as key and label. Whoever makes the page asks once and puts
    them in place (shell.conditions): what is kept of it differs with them."""

    def __init__(self, *, words: Callable[[Any], Sequence[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(choices=(), **kwargs)
        self.words = words


class KeyFilter(django_filters.NumberFilter):
    """The key of a row, from a number that opens its rows; among those of `rows(user)` it is told by its name."""

    field_class = IntegerField

    def __init__(self, *, rows: Callable[[Any], Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows

    def told(self, value: Any) -> str:
        found = self.rows(self.parent.request.user).filter(pk=value).first() if self.rows else None
        return str(found or "")


class DateFilter(django_filters.DateFilter):
    """One day, in any spelling of shell.dates."""

    field_class = DateField


class SpanWidget(DateRangeWidget):
    """Two date fields; each says for itself which end it is."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = [DateInput({"aria-label": _("From day")}), DateInput({"aria-label": _("To day")})]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        ends = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        inputs = (self._render(end["template_name"], {"widget": end}, renderer) for end in ends)
        return format_html('<div class="span">{}<span>～</span>{}</div>', *inputs)


class SpanField(RangeField):
    widget = SpanWidget

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__((DateField(), DateField()), *args, **kwargs)


class DateSpanFilter(django_filters.Filter):
    """From … to …, both days included, on a date or a moment; either end may stay open."""

    field_class = SpanField

    def filter(self, qs: QuerySet, value: slice | None) -> QuerySet:
        if value and value.start:
            qs = qs.filter(**{f"{self.field_name}__gte": self._start(qs, value.start)})
        if value and value.stop:
            qs = qs.filter(**{f"{self.field_name}__lt": self._start(qs, value.stop + timedelta(days=1))})
        return qs

    def _start(self, qs: QuerySet, day: date) -> date | datetime:
        field = django_filters.utils.get_model_field(qs.model, self.field_name)
        return make_aware(datetime.combine(day, time.min)) if isinstance(field, DateTimeField) else day
