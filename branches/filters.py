"""The condition “of this organisation or below it” for the filter area of every list."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.tree import topmost, under

MOST = 50  # more hits than this say nothing to a reader; the first ones in tree order are taken


class OrganisationFilter(django_filters.CharFilter):
    """Rows of the visible organisations whose name holds the words, and of all below them."""

    def __init__(self, *, path: str = "organisation__path", **kwargs: Any) -> None:
        super().__init__(**{"label": _("Organisation"), "max_length": 100, **kwargs})
        self.path = path

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        named = Organisation.objects.visible_to(self.parent.request.user).filter(name__icontains=value)
        inside = Q(pk__in=[])
        for path in topmost(named.values_list("path", flat=True)[:MOST]):
            inside |= under(path, self.path)
        return qs.filter(inside)


class PlaceFilter(django_filters.NumberFilter):
    """Rows of one organisation and of all below it, named by its key: where a figure opens its rows. Not shown."""

    def __init__(self, *, path: str = "organisation__path", **kwargs: Any) -> None:
        super().__init__(**{"label": _("Organisation"), "widget": HiddenInput, "min_value": 1, **kwargs})
        self.path = path

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if not value:
            return qs
        found = self._found(value)
        return qs.filter(under(found.path, self.path)) if found else qs.filter(pk__in=[])

    def told(self, value: Any) -> str:
        found = self._found(value)
        return found.label if found else ""

    def _found(self, key: Any) -> Organisation | None:
        return Organisation.objects.visible_to(self.parent.request.user).filter(pk=key).first()
