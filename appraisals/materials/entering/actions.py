"""Entering for a member what he wrote on paper or said (代录), and his confirmation."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.metrics import CODES
from appraisals.models import Confirmation, Material, Source, Version
from branches.models import User
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow.actions import record
from workflow.moves import MoveNotAllowed, make_move


@transaction.atomic
def enter(material: Material, sections: Sequence[Sequence[str]], *, actor: User, source: str) -> Version:
    """Enter the next version for its author: `sections` as in Version. What was said counts as done.

    The author's own draft stays as it is, and the helper never sees it. Raises PermissionDenied, MoveNotAllowed,
    ValidationError.
    """
    actor.require(Right.ENTER_WORDS, material)
    if not any(text.strip() for _title, text in sections):
        raise ValidationError(_("Please write down what the member wrote or said."))
    move = "hear" if source == Source.SPOKEN else "enter"
    changes: dict[str, Any] = {"remarked_on": None, "reviewer": material.readers[0]}
    make_move(
        material, move, actor=actor, entered_for=str(material.author), versions_count=F("versions_count") + 1, **changes
    )
    material.refresh_from_db(fields=["versions_count", "reviewer"])
    version = Version.objects.create(
        material=material, number=material.versions_count, sections=[list(pair) for pair in sections], source=source,
        entered_by=actor,
    )  # fmt: skip
    recount([material.organisation_id], Period(round_key=material.round_id), CODES, actor=actor)
    return version


@transaction.atomic
def confirm(material: Material, how: str, *, actor: User) -> None:
    """The author confirms the last entry on screen, or the helper has a print that he signed.

    Raises PermissionDenied, MoveNotAllowed (nothing waits for it).
    """
    right = Right.OWN if how == Confirmation.SCREEN else Right.ENTER_WORDS
    actor.require(right, material)
    waiting = Version.objects.filter(material=material, number=material.versions_count, confirmed_on=None)
    facts = {"confirmed_on": timezone.localdate(), "confirmed_how": how}
    if not waiting.exclude(entered_by=None).update(**facts):
        raise MoveNotAllowed(_("There is no entry that waits for a confirmation."))
    record(material, "confirm_entry", actor=actor, rights=[right], note=str(Confirmation(how).label))
