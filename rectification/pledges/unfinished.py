"""What a branch finishes before it is merged: pledges that are neither rated nor void."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.unfinished import register
from rectification.models import Pledge
from rectification.pledges.states import LIVING


def _rows(organisation: Organisation) -> QuerySet[Any]:
    return Pledge.objects.filter(organisation=organisation, state__in=LIVING).order_by("pk")


def _words(row: Pledge) -> str:
    return _("%(what)s: %(state)s") % {"what": row.short, "state": row.get_state_display()}


register(rows=_rows, words=_words)
