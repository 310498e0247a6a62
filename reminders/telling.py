"""Notices owed by a deed itself: branches says which rows it changed, the rules about such rows are asked at once."""

from collections.abc import Collection

from django.db.models import Model
from django.utils import timezone

from branches import telling
from reminders.actions.notices import owe_about


def _owe(model: type[Model], keys: Collection[int]) -> None:
    owe_about(model, keys, timezone.localdate())


telling.listen(_owe)
