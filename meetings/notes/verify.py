"""What must hold of checks of study notes."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Relation
from branches.models.dated import holds
from branches.models.members import RelationKind
from meetings.models import NotesCheck, NotesLine, NotesResult
from workflow.checking import check


@check("notes.numbers_of_lines", _("A check of study notes has the numbers of its lines, until these are destroyed"))
def numbers_of_lines() -> QuerySet[Any]:
    of = {f"n_{result}": Count("notes_lines", filter=Q(notes_lines__result=result)) for result in NotesResult}
    rows = NotesCheck.objects.annotate(
        n_corrected=Count("notes_lines__corrected_on"), n=Count("notes_lines"), **of
    ).filter(n__gt=0)
    return rows.exclude(meets=F("n_meets"), short=F("n_short"), missing=F("n_missing"), corrected=F("n_corrected"))


@check("notes.answered_of_asked", _("No more study questions are answered than there are"))
def answered_of_asked() -> QuerySet[Any]:
    return NotesLine.objects.filter(answered__gt=F("notes_check__asked"))


@check("notes.lines_of_register", _("Study notes are checked of members of the branch on that day"))
def lines_of_register() -> QuerySet[Any]:
    here = {"organisation": OuterRef("notes_check__organisation"), "member": OuterRef("member")}
    day: Any = OuterRef("notes_check__checked_on")
    return NotesLine.objects.filter(~Exists(Relation.objects.filter(holds(day), kind=RelationKind.FORMAL, **here)))
