"""Paging: which page, how many rows, and the addresses that keep filter and order."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict

from shell.totals import total

SIZES: Final = (20, 50, 100)
# Counting stops here: past it nobody pages, and the count alone would cost more than the page.
COUNT_LIMIT: Final = 100_000
MOST_DIGITS: Final = 19
OF_PAGE: Final = ("page", "after")


def query_with(query: QueryDict, **changes: str | int | None) -> str:
    """`query` as an address with `changes`; None takes a parameter out, empty ones go as well.

    Another page begins after another row, so that `after` goes with the page it was asked with.
    """
    changes = {"after": None, **changes} if "page" in changes else changes
    pairs = [(name, value) for name, values in query.lists() if name not in changes for value in values if value]
    pairs += [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"?{urlencode(pairs)}"


class CappedPaginator(Paginator):
    object_list: Any

    @cached_property
    def count(self) -> int:
        # Of the keys alone: with a limit Django would carry every annotation of the row into the count.
        return total(self.object_list.order_by().values_list("pk")[:COUNT_LIMIT])


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of the pager; no address for the dots between."""

    label: str | int
    url: str = ""
    is_current: bool = False


class Pager:
    """The page that `query` asks for: nonsense means the first, past the end means the last.

    `by` is the column, with its sign, after which the rows stand where they may be paged by key: the next page then
    begins after the last row of this one (`after`), and the database need not count its way there.
    """

    def __init__(self, query: QueryDict, rows: Any, by: str = "") -> None:
        self._query, self._by = query, by
        self.size = self._size()
        self._paginator = CappedPaginator(rows, self.size)
        self.page = self._paginator.get_page(query.get("page"))
        self.total = self._paginator.count
        self.is_capped = self.total == COUNT_LIMIT
        self.rows: Any = self._by_key(rows) if by and self.number > 1 else self.page.object_list
        self.last_key: int | None = None  # of the last row, once whoever reads the rows has said so

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
        """Names the row after which the next page begins, where rows are paged by key."""
        after = {"after": self.last_key} if self._by and self.last_key else {}
        return query_with(self._query, page=self.number + 1, **after) if self.page.has_next() else ""

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
        return [(name, text) for name, texts in self._query.lists() if name not in OF_PAGE for text in texts if text]

    def _by_key(self, rows: Any) -> Any:
        """The page's rows, from the row after which they begin; counted from the first where that is not told."""
        told, field = self._query.get("after", ""), self._by.removeprefix("-")
        is_key = told.isascii() and told.isdigit() and len(told) < MOST_DIGITS
        last = rows.filter(pk=int(told)).order_by().values_list(field).first() if is_key else None
        if last is None:
            return self.page.object_list
        side = "lt" if self._by.startswith("-") else "gt"
        beyond = Q(**{f"{field}__{side}": last[0]}) | Q(**{field: last[0], f"pk__{side}": int(told)})
        return rows.filter(beyond, **{f"{field}__{side}e": last[0]})[: self.size]

    def _size(self) -> int:
        asked = self._query.get("size", "")
        return int(asked) if asked in {str(size) for size in SIZES} else settings.ROWS_PER_PAGE

    def _url(self, number: int) -> str:
        return query_with(self._query, page=number if number > 1 else None)
