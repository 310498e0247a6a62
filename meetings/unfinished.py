"""What a branch finishes before it is merged: its drafts, what was sent back to it, and what it still plans."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.unfinished import register
from meetings.models import Meeting
from meetings.states import UPCOMING, State


def _rows(organisation: Organisation) -> QuerySet[Any]:
    open_ = Meeting.objects.filter(organisation=organisation, state__in=[*UPCOMING, State.DRAFT, State.RETURNED])
    return open_.order_by("started_at", "pk")


def _words(row: Meeting) -> str:
    """Without the theme: the row is the superior's to see, what is being written is not."""
    told = {"form": row.get_form_display(), "day": row.held_on, "state": row.get_state_display()}
    return _("%(form)s of %(day)s: %(state)s") % told


register(rows=_rows, words=_words)
