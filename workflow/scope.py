"""The one door to rows: every model that a page shows has a queryset with `visible_to`."""

from typing import Any, Self

from django.db import models


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset that answers for whom it answers."""

    def visible_to(self, user: Any) -> Self:
        """The rows `user` may see; a room's own queryset says which. Without that word nobody sees any."""
        raise TypeError(f"{type(self).__name__} does not say who sees its rows")

    def rows_of(self, model: Any) -> Any:
        """All rows of `model`, for a condition that looks some up: put into SQL the way this query is (shell.asked)."""
        return model._default_manager.all()
