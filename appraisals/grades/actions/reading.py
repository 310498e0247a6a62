"""Whoever looks at grades is told to the audit log (F2, F65)."""

from typing import Any

from django.utils.translation import ngettext

from appraisals.grades.models import Grade, Grading
from workflow.actions import audit


def note_reading(seen: Grading | Grade, count: int, *, actor: Any, address: str) -> None:
    """Tell the audit log who looked at `count` grades of which branch and round, from where and as what; of none at
    all nothing is told. Administrators are blind to content: no grade, and of one grade no name."""
    if count:
        round_ = seen.round if isinstance(seen, Grading) else seen.entry.round
        told = ngettext("%(round)s, %(branch)s, %(n)d grade", "%(round)s, %(branch)s, %(n)d grades", count)
        note = told % {"round": round_, "branch": seen.organisation.label, "n": count}
        audit("grades_read", actor=actor, note=note, address=address, acted_as=actor.acting_as(seen))


def note_form(grading: Grading, title: str, number: int, *, actor: Any, address: str) -> None:
    """Tell the audit log who fetched which form of how many members of a branch, from where and as what."""
    told = {"title": title, "round": grading.round, "branch": grading.organisation.label, "n": number}
    note = ngettext(
        "%(title)s, %(round)s, %(branch)s, %(n)d form", "%(title)s, %(round)s, %(branch)s, %(n)d forms", number
    )
    audit("exported", actor=actor, note=note % told, address=address, acted_as=actor.acting_as(grading))
