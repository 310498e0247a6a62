"""What superiors do with rounds."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from appraisals.materials.actions import owe
from appraisals.models import Aspect, Round
from appraisals.rounds.actions.opening import begin
from branches.models import Organisation
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, make_move


@transaction.atomic
def prepare_round(organisation: Organisation, *, actor: Actor, aspects: Sequence[str], **facts: Any) -> Round:
    """Add a round in preparation; `facts` are columns of Round, `aspects` this year's headings in order.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, organisation)
    round_ = Round(organisation=organisation, **facts)
    round_.full_clean()
    round_.save()
    Aspect.objects.bulk_create(Aspect(round=round_, position=n, title=title) for n, title in enumerate(aspects, 1))
    record(round_, "create", actor=actor, rights=[Right.RUN_ROUNDS], target=round_.state)
    return round_


@transaction.atomic
def move_round(round_: Round, name: str, *, actor: Actor, note: str = "") -> Move:
    """Open or close a round; opening it owes one self-analysis to each member of its roster and one to each committee.

    Raises MoveNotAllowed, PermissionDenied, ValidationError.
    """
    if name == "open" and (gaps := round_.gaps()):
        raise ValidationError(gaps)
    move = make_move(round_, name, actor=actor, note=note)
    if name == "open":
        begin(round_, actor=actor)
        owe(round_, actor=actor)
    return move
