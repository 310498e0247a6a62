"""Publications under way, and those on the board, keep a branch from being merged."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.unfinished import register
from rectification.models import Publication


def _rows(organisation: Organisation) -> QuerySet[Any]:
    rows = Publication.objects.filter(organisation=organisation).living(timezone.localdate())
    return rows.order_by("pk")


def _words(row: Publication) -> str:
    return _("%(what)s: %(state)s") % {"what": row.title, "state": row.get_state_display()}


register(rows=_rows, words=_words)
