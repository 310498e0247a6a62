"""What a branch finishes before it is merged: a vote that somebody has begun."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from appraisals.models import Vote
from appraisals.votes.states import LIVING
from branches.models import Organisation
from branches.unfinished import register


def _rows(organisation: Organisation) -> QuerySet[Any]:
    return Vote.objects.filter(organisation=organisation, state__in=LIVING).order_by("pk")


def _words(row: Vote) -> str:
    return _("%(what)s: %(state)s") % {"what": row, "state": row.get_state_display()}


register(rows=_rows, words=_words)
