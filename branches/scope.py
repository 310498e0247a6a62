"""The scope base of everything that hangs on an organisation: the four ways a row may be within reach."""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from branches.rights import Right
from branches.tree import under
from workflow.scope import ScopedQuerySet

NOTHING = Q(pk__in=[])
MANY_PATHS = 50  # SQLite stops at 1,000 terms in an expression; past this the database joins the grants itself


class OrganisationScoped(ScopedQuerySet):
    """Building blocks for `visible_to`; a model says where its organisation's path is.

    A way that can match nothing is NOTHING: Django leaves it out of an OR, so that the rest is one range of one index.
    """

    path_lookup = "organisation__path"

    def reached(self, oversight: Q, *ways: Q) -> Self:
        """The rows that oversight or one of the narrow `ways` reaches.

        Without oversight each way is looked up by an index of its own: in one OR over several tables no index serves,
        and a branch secretary would read the records of the whole country to find forty.
        """
        narrow = [way for way in ways if way != NOTHING]
        if oversight != NOTHING or len(narrow) < 2:
            return self.filter(reduce(or_, narrow, oversight))
        first, *others = (self.rows_of(self.model).filter(way).order_by().values_list("pk") for way in narrow)
        return self.filter(pk__in=first.union(*others))

    def of_own(self, user: Any, lookup: str) -> Q:
        """Rows whose `lookup` is the member this account belongs to."""
        return Q(**{lookup: user.reach.member_key}) if user.reach.member_key else NOTHING

    def of_home(self, user: Any) -> Q:
        """Rows of the branch the member belongs to today."""
        return Q(**{self.path_lookup: user.reach.home_path}) if user.reach.home_path else NOTHING

    def of_office(self, user: Any, right: str = Right.READ_BRANCH) -> Q:
        """Rows of the organisations where an office of the user gives `right`."""
        paths = user.reach.office_paths(right)
        return Q(**{f"{self.path_lookup}__in": paths}) if paths else NOTHING

    def of_oversight(self, user: Any, right: str = Right.OVERSEE) -> Q:
        """Rows of the organisations over which the user holds `right` as a superior, and of all below them."""
        paths = user.reach.oversight_paths(right)
        if len(paths) > MANY_PATHS:
            return Q(Exists(user.reach.oversight_grants(right, OuterRef(self.path_lookup))))
        inside = NOTHING
        for path in paths:
            inside |= under(path, self.path_lookup)
        return inside

    def of_superior(self, user: Any) -> Q:
        """Rows that hang on an organisation above one of the user's own: what was laid down for them."""
        return Q(**{f"{self.path_lookup}__in": user.reach.paths_above})
