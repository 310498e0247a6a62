"""The tree as one person sees it: which organisations a page lists, and the figures beside them.

No more is read than one page of organisations: a level opens by a link, its figures by one query for the whole page.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from branches.headcounts import head_counts
from branches.http import AuthedRequest
from branches.models import Member, Organisation, Relation, User
from branches.models.dated import holds
from branches.models.members import PostKind
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import STEP, above, contains, topmost, under
from shell.asked import Asked, asked

KEY = re.compile("[0-9]{1,18}")


def named(request: AuthedRequest) -> Organisation | None:
    """The organisation that ?under= names, None without one; 404 for any the reader does not see."""
    key = request.GET.get("under", "")
    if not key:
        return None
    if not KEY.fullmatch(key):
        raise Http404
    return get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)


def inside(paths: Sequence[str], lookup: str = "organisation__path") -> Q:
    """The condition “of one of these organisations or below it”."""
    found = Q(pk__in=[])
    for path in topmost(paths):
        found |= under(path, lookup)
    return found


def _right_below(organisation: Organisation) -> Q:
    return under(organisation.path) & Q(depth=organisation.depth + 1)


class Overview:
    """What one reader sees of the tree."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.day = user.reach.day
        self.shows_people = not user.reach.sees_the_tree  # those administrators read names and kinds only
        self._over = set(user.reach.oversight_paths(Right.OVERSEE))

    @property
    def organisations(self) -> Asked:
        """All that the reader sees, each with `secretary`: the name of whoever holds that post today."""
        rows = asked(Organisation).visible_to(self.user)
        if not self.shows_people:
            return rows
        today = Q(holds(self.day, "posts__"), posts__kind=PostKind.SECRETARY, posts__organisation=OuterRef("pk"))
        secretaries = asked(Member).visible_to(self.user).filter(today).order_by("pk").values("name")
        return rows.annotate(secretary=Subquery(secretaries[:1]))

    def register(self) -> Asked:
        """The register of today, as far as the reader sees it."""
        return asked(Relation).visible_to(self.user).register(on=self.day)

    def sees_below(self, path: str) -> bool:
        """True if the reader sees whatever hangs below the organisation at `path`."""
        return not self.shows_people or any(step in self._over for step in above(path))

    def sees_all_of(self, row: Organisation) -> bool:
        """True if a number of members read for this reader is the whole number."""
        return self.shows_people and (row.kind == Kind.BRANCH or self.sees_below(row.path))

    def first_level(self) -> Asked:
        """The organisations above which the reader sees none."""
        if not self.shows_people:
            return self.organisations.filter(depth=1)
        reach = self.user.reach
        own = {held.path for held in reach.held} | {reach.home_path} - {""}
        return self.organisations.filter(path__in=self._over | {path for path in own if not self.sees_below(path)})

    def below(self, organisation: Organisation) -> Asked:
        """The organisations right below one."""
        return self.organisations.filter(_right_below(organisation))

    def add_members(self, rows: Sequence[Any]) -> None:
        """Give each row `members`: how many it has today, itself and below; None where the reader sees only a part.

        One query: each member is counted at the lowest row above him, then the rows add up.
        """
        whole = [row.path for row in rows if self.sees_all_of(row)]
        counts = head_counts(whole, self.day, self._count)
        for row in rows:
            row.members = counts.get(row.path)

    def _count(self, paths: Sequence[str]) -> list[tuple[str, int]]:
        deepest_first = sorted(paths, key=len, reverse=True)
        lowest = Case(*(When(under(path, "organisation__path"), then=Value(path)) for path in deepest_first))
        found = self.register().filter(inside(paths)).order_by()
        return list(found.values_list(lowest).annotate(count=Count("pk")))


class Tree(Overview):
    """The rows of the page of the tree: those a search finds, or the levels from the top down to the opened one."""

    def __init__(self, user: User, opened: Organisation | None, *, search: str) -> None:
        super().__init__(user)
        self.is_search = bool(search.strip())
        self.opened = None if self.is_search else opened or self._only_one()

    @cached_property
    def rows(self) -> Asked:
        if self.is_search:
            return self.organisations
        if self.opened is None:
            return self.first_level()
        return self.organisations.filter(Q(path__in=above(self.opened.path)) | _right_below(self.opened))

    def complete(self, page: Sequence[Any]) -> None:
        """Give each row its number of members and `superior`, the organisation right above it."""
        self.add_members(page)
        superiors = {row.path: row for row in (self._superiors(page) if self.is_search else page)}
        for row in page:
            row.superior = superiors.get(row.path[:-STEP])

    def indent(self, row: Organisation) -> int:
        """How many levels the row stands below the first one of the page."""
        if self.opened is None:
            return 0
        return len([path for path in above(row.path)[:-1] if self.sees_below(path)])

    def is_open(self, row: Organisation) -> bool:
        return self.opened is not None and contains(row.path, self.opened.path)

    def can_open(self, row: Organisation) -> bool:
        return row.numchild > 0 and self.sees_below(row.path)

    def _only_one(self) -> Organisation | None:
        """The first level where it is one organisation: shown open, so that nobody must press for the only thing."""
        first = list(self.first_level()[:2])
        return first[0] if len(first) == 1 and self.can_open(first[0]) else None

    def _superiors(self, page: Sequence[Any]) -> Asked:
        paths = {row.path[:-STEP] for row in page}
        return asked(Organisation).visible_to(self.user).filter(path__in=paths)
