"""What superiors do with rounds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.materials.actions import owe
from appraisals.models import Aspect, Round
from appraisals.rounds.actions import plan
from appraisals.rounds.actions.opening import begin
from appraisals.states import RoundState
from branches.models import Organisation
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, make_move


@transaction.atomic
def prepare_round(
    organisation: Organisation,
    *,
    actor: Actor,
    aspects: Sequence[str] = (),
    template: str = "",
    other: Round | None = None,
    **facts: Any,
) -> Round:
    """Add a round in preparation; `facts` are columns of Round, `aspects` this year's headings in order. Its stages are
    those of a shipped `template` or of an `other` round, whose aspects it takes over where none are given.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.RUN_ROUNDS, organisation)
    round_ = Round(organisation=organisation, **facts)
    round_.full_clean()
    round_.save()
    _put_aspects(round_, aspects or (other.aspects.values_list("title", flat=True) if other else ()))
    record(round_, "create", actor=actor, rights=[Right.RUN_ROUNDS], target=round_.state)
    if other:
        plan.copy_plan(round_, other, actor=actor)
    elif template:
        plan.take_template(round_, template, round_.roster_on, actor=actor)
    return round_


class RoundChanged(Exception):
    """Somebody saved this round after the writer had opened it."""


@transaction.atomic
def change_round(round_: Round, aspects: Sequence[str], *, actor: Actor, seen: str, **facts: Any) -> Round:
    """Put right what was typed for a round in preparation: columns of Round, and its headings in order. `seen` is the
    fingerprint of what the writer had opened.

    Raises PermissionDenied, RoundChanged, ValidationError (it is open: its plan is revised instead).
    """
    actor.require(Right.RUN_ROUNDS, round_)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state != RoundState.DRAFT:
        raise ValidationError(_("The round is open: its plan is changed by a revision, with its number and notice."))
    if round_.fingerprint != seen:
        raise RoundChanged
    for name, value in facts.items():
        setattr(round_, name, value)
    round_.full_clean()
    round_.save()
    _put_aspects(round_, aspects)
    record(round_, "change", actor=actor, rights=[Right.RUN_ROUNDS])
    return round_


def _put_aspects(round_: Round, titles: Iterable[str]) -> None:
    """The headings of the year, in place of any."""
    round_.aspects.all().delete()
    Aspect.objects.bulk_create(Aspect(round=round_, position=n, title=title) for n, title in enumerate(titles, 1))


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
