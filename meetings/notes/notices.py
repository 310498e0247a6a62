"""Whoever has something to put right in his study notes is told once, with the day: nobody else."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Relation
from meetings.models import NotesLine
from meetings.models.notes import FELL_SHORT
from meetings.notes.states import State
from reminders import rules


def to_put_right(today: date) -> QuerySet[Any]:
    """Lines of members who belong to that branch still."""
    here = Relation.objects.register(on=today).filter(member=OuterRef("member"))
    rows = NotesLine.objects.filter(result__in=FELL_SHORT, corrected_on=None, notes_check__state=State.STANDING)
    return rows.filter(Exists(here.filter(organisation=OuterRef("notes_check__organisation")).order_by()))


rules.register(
    rules.Rule(
        "notes_short",
        _("Check “%(subject)s”: something in your notes is to be put right by %(due)s."),
        rows=to_put_right,
        recipient="member",
        label="notes_check__subject",
        organisation="notes_check__organisation",
        due_on="notes_check__correct_by",
        url_name="notes_list",
        takes_key=False,
        is_private=True,
    )
)
