"""Urging many at once: one notice a person, or a note that he was told by telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.rounds.models import Progress
from appraisals.rounds.states import AT_WORK
from appraisals.supervision.models import Urging
from appraisals.supervision.models.urgings import LONGEST
from branches import telling
from branches.models import User
from branches.rights import Right
from workflow.actions import record_many


@dataclass(frozen=True, slots=True)
class Urged:
    """Whom of which branch in which stage; `by_phone` where he has been told already."""

    step: Progress
    recipient_id: int
    by_phone: bool = False


@transaction.atomic
def urge(chosen: Sequence[Urged], text: str, *, actor: User) -> list[Urging]:
    """Urge each of these persons, whoever was urged today for the same left out; in as many statements for many as for
    one. Raises PermissionDenied, ValidationError."""
    for one in chosen:
        actor.require(Right.OVERSEE, one.step)
    words, today = text.strip(), timezone.localdate()
    if not words or len(words) > LONGEST:
        raise ValidationError(_("Please say what is asked for, at most %(most)d characters.") % {"most": LONGEST})
    keys = [one.step.pk for one in chosen]
    locked = Progress.objects.filter(pk__in=keys, state__in=AT_WORK).order_by("pk").select_for_update()
    at_work = set(locked.values_list("pk", flat=True))
    had = set(Urging.objects.filter(step__in=keys, urged_on=today).values_list("step", "recipient"))
    fresh = {
        (one.step.pk, one.recipient_id): one
        for one in chosen
        if one.step.pk in at_work and (one.step.pk, one.recipient_id) not in had
    }
    made = Urging.objects.bulk_create(
        Urging(
            organisation=one.step.organisation, step=one.step, recipient_id=one.recipient_id, text=words,
            due_on=one.step.due_on, urged_on=today, by_phone=one.by_phone, sender=actor,
        )
        for one in fresh.values()
    )  # fmt: skip
    told = [row.step for row in made]
    record_many(told, "urge", actor=actor, rights=[Right.OVERSEE], notes=[_note(row) for row in made])
    telling.changed(Urging, [row.pk for row in made if not row.by_phone])
    return made


def _note(row: Urging) -> str:
    return _("By telephone: %s") % row.text if row.by_phone else row.text
