"""What a branch finishes before it is merged: problems that are neither closed nor void."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.unfinished import register
from rectification.problems.models import Problem


def _rows(organisation: Organisation) -> QuerySet[Any]:
    return Problem.objects.living().filter(organisation=organisation).order_by("pk")


def _words(row: Problem) -> str:
    return _("%(what)s: %(state)s") % {"what": row.short, "state": row.get_state_display()}


register(rows=_rows, words=_words)
