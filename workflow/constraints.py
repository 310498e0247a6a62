"""CHECK constraints whose validation needs no query: Django would ask the database to compare values at hand."""

from typing import Any

from django.db import models
from django.db.models import Q


class PlainCheck(models.CheckConstraint):
    """A CHECK that migrations take for Django's own; a subclass says how it is validated."""

    def deconstruct(self) -> tuple[str, Any, Any]:
        path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


class OneOf(PlainCheck):
    """A column holds one of the words of its choices; the field itself says so when it is validated."""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        return


def one_of(name: str, field: str, words: Any, *, empty: bool = False) -> models.CheckConstraint:
    """The constraint that a column holds one of the words of its choices, or nothing where `empty`."""
    allowed = [*words.values, ""] if empty else list(words.values)
    return OneOf(condition=Q(**{f"{field}__in": allowed}), name=f"{name}_{field}_known")
