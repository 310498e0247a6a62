"""What a branch finishes before it is merged: the review of what was handed in to its secretary."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from appraisals.materials.states import MaterialState
from appraisals.models import Material, Reviewer
from branches.models import Organisation
from branches.unfinished import register


def _rows(organisation: Organisation) -> QuerySet[Any]:
    waiting = Material.objects.filter(organisation=organisation, reviewer=Reviewer.BRANCH)
    return waiting.filter(state=MaterialState.SUBMITTED).select_related("author", "organisation").order_by("pk")


def _words(row: Material) -> str:
    return _("%(what)s: %(state)s") % {"what": row, "state": row.get_state_display()}


register(rows=_rows, words=_words)
