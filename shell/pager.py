"""Paging: which page, how many rows, and the addresses that keep filter and order."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict

SIZES: Final = (20, 50, 100)
# Counting stops here: past it nobody pages, and the count alone would cost more than the page.
COUNT_LIMIT: Final = 100_000


def query_with(query: QueryDict, **changes: str | int | None) -> str:
    """`query` as an address with `changes`; None takes a parameter out, empty ones go as well."""
    pairs = [(name, value) for name, values in query.lists() if name not in changes for value in values if value]
    pairs += [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"?{urlencode(pairs)}"


class CappedPaginator(Paginator):
    object_list: Any

    @cached_property
    def count(self) -> int:
        # Of the keys alone: with a limit Django would carry every annotation of the row into the count.
        return self.object_list.order_by().values_list("pk")[:COUNT_LIMIT].count()


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of the pager; no address for the dots between."""

    label: str | int
    url: str = ""
    is_current: bool = False


class Pager:
    """The page that `query` asks for: nonsense means the first, past the end means the last."""

    def __init__(self, query: QueryDict, rows: Any) -> None:
        self._query = query
        self.size = self._size()
        self._paginator = CappedPaginator(rows, self.size)
        self.page = self._paginator.get_page(query.get("page"))
        self.total = self._paginator.count
        self.is_capped = self.total == COUNT_LIMIT

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def pages(self) -> int:
        return self._paginator.num_pages

    @cached_property
    def previous_url(self) -> str:
        return self._url(self.number - 1) if self.page.has_previous() else ""

    @cached_property
    def next_url(self) -> str:
        return self._url(self.number + 1) if self.page.has_next() else ""

    @property
    def links(self) -> list[PageLink]:
        """First, last and the pages around this one, with dots between."""
        wanted = self._paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1)
        return [PageLink(n, self._url(n), n == self.number) if isinstance(n, int) else PageLink("…") for n in wanted]

    @cached_property
    def sizes(self) -> list[PageLink]:
        """The choice of rows per page; none where the shortest page already holds all rows."""
        if self.total <= SIZES[0]:
            return []
        return [PageLink(n, query_with(self._query, size=n, page=None), n == self.size) for n in SIZES]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The query without the page, as hidden fields for the jump."""
        return [(name, text) for name, texts in self._query.lists() if name != "page" for text in texts if text]

    def _size(self) -> int:
        asked = self._query.get("size", "")
        return int(asked) if asked in {str(size) for size in SIZES} else settings.ROWS_PER_PAGE

    def _url(self, number: int) -> str:
        return query_with(self._query, page=number if number > 1 else None)
