"""Laying down the scale of a round, writing an evaluation of a branch, feeding it back, taking note of it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.evaluations.models import WORD, Evaluation, EvaluationScale
from appraisals.evaluations.states import EvaluationState
from appraisals.models import Round
from appraisals.states import RoundState
from branches.rights import Right
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, MoveNotAllowed, make_move

MOST = 6  # words of a scale


class EvaluationChanged(Exception):
    """Somebody saved this evaluation after the writer had opened it."""


@transaction.atomic
def set_scale(round_: Round, words: Sequence[str], *, actor: Actor) -> EvaluationScale:
    """Lay down the words in which branches of a round are graded; none for no grades.

    Raises PermissionDenied, ValidationError (too many, too long, or a word in use is missing).
    """
    actor.require(Right.RUN_ROUNDS, round_)
    _locked(round_)
    words = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if len(words) > MOST:
        raise ValidationError(_("At most %d grades.") % MOST)
    if long := [word for word in words if len(word) > WORD]:
        raise ValidationError(_("A grade has at most %(most)d characters: %(word)s") % {"most": WORD, "word": long[0]})
    in_use = Evaluation.objects.filter(round=round_).exclude(level="").exclude(level__in=words).order_by()
    if kept := sorted(set(in_use.values_list("level", flat=True))):
        raise ValidationError(_("Already given to a branch, so it cannot be taken out: %s.") % "、".join(kept))
    scale, _made = EvaluationScale.objects.update_or_create(round=round_, defaults={"words": "\n".join(words)})
    record(round_, "set_evaluation_scale", actor=actor, rights=[Right.RUN_ROUNDS], note=str(scale))
    return scale


@transaction.atomic
def save(evaluation: Evaluation, *, actor: Actor, words: str, level: str = "", seen: str) -> Evaluation:
    """Write an evaluation, or change it while it is not fed back. `seen` is the fingerprint of what the writer had
    opened.

    Raises PermissionDenied, MoveNotAllowed, EvaluationChanged, ValidationError.
    """
    actor.require(Right.ACCEPT, evaluation)
    round_ = _locked(evaluation.round)
    if round_.state == RoundState.DRAFT:
        raise MoveNotAllowed(_("This round is “%s”.") % round_.get_state_display())
    own = {"round": round_, "organisation": evaluation.organisation}
    now = Evaluation.objects.filter(**own).first()
    if now is None and not round_.branches().filter(pk=evaluation.organisation_id).exists():
        raise ValidationError(_("This branch takes no part in the round."))
    if now and now.state != EvaluationState.DRAFT:
        raise MoveNotAllowed(_("It was fed back to the branch: please take it back first."))
    written = now or Evaluation(**own)
    if written.fingerprint != seen:
        raise EvaluationChanged
    written.words, written.level = words, level
    written.full_clean()
    _check_level(round_, level)
    written.save()
    record(written, "change" if now else "create", actor=actor, **({} if now else {"target": written.state}))
    return written


@transaction.atomic
def move(evaluation: Evaluation, name: str, *, actor: Actor, note: str = "") -> Move:
    """Make a move; the day on which it was fed back, or taken back, stands while it is. Raises PermissionDenied,
    MoveNotAllowed, NoteRequired."""
    today = timezone.localdate()
    changes: dict[str, Any] = {
        "give": {"given_on": today, "taken_back_on": None},
        "take_back": {"given_on": None, "taken_back_on": today},
    }
    return make_move(evaluation, name, actor=actor, note=note, **changes.get(name, {}))


def _locked(round_: Round) -> Round:
    """The round as it is now: scale and evaluations of one round are written one after another."""
    return Round.objects.select_for_update().select_related("organisation").get(pk=round_.pk)


def _check_level(round_: Round, level: str) -> None:
    scale = EvaluationScale.objects.filter(round=round_).first()
    if level and (scale is None or level not in scale.lines):
        raise ValidationError({"level": _("This is no grade of the round: %s.") % level})
