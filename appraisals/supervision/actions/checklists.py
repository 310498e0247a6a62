"""Laying down a checklist for all branches below an organisation, and ending it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.supervision.models import OwnChecklist
from branches.models import Organisation
from branches.models.dated import DAY
from branches.models.organisations import Kind
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor

LONGEST_LINE, MOST_LINES = 100, 30


@transaction.atomic
def word(organisation: Organisation, name: str, lines: Sequence[str], *, actor: Actor) -> OwnChecklist:
    """Lay down a checklist from today on, in place of one of the same name; visits keep the words they were made with.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.ARRANGE, organisation)
    if organisation.kind == Kind.BRANCH:
        raise ValidationError(_("Checklists are laid down by a superior organisation, for all branches below."))
    words = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not words or len(words) > MOST_LINES or any(len(line) > LONGEST_LINE for line in words):
        told = {"lines": MOST_LINES, "most": LONGEST_LINE}
        raise ValidationError(
            _("A checklist has at least one line and at most %(lines)d, each of at most %(most)d characters.") % told
        )
    today = timezone.localdate()
    for standing in OwnChecklist.objects.filter(organisation=organisation, name=name.strip(), until=None):
        _end(standing, today)
    row = OwnChecklist(organisation=organisation, name=name.strip(), wording="\n".join(words), since=today)
    row.full_clean()
    row.save()
    record(row, "word_checklist", actor=actor, note=f"{row.name}：{'；'.join(words)}")
    return row


@transaction.atomic
def end(row: OwnChecklist, *, actor: Actor) -> None:
    """End a checklist: no new visit is made with it. Raises PermissionDenied."""
    actor.require(Right.ARRANGE, row.organisation)
    _end(row, timezone.localdate())
    record(row, "end_checklist", actor=actor)


def _end(row: OwnChecklist, today: date) -> None:
    """Its last day is yesterday; one of today has never held."""
    OwnChecklist.objects.filter(pk=row.pk).update(until=max(row.since, today - DAY))
