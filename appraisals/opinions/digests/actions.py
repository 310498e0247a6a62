"""Writing a digest of several opinions, putting it to whom it concerns, acknowledging it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.metrics import OPINION_CODES
from appraisals.models import Digest, DigestText, Opinion, OpinionText
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow.actions import record
from workflow.actors import Actor
from workflow.moves import Move, MoveNotAllowed, make_move, make_moves

LONGEST = 2000
VERBATIM = 15  # characters in a row that a digest may not share with a whole opinion
MOST = 100
ALIKE = ("round_id", "organisation_id", "target", "concerns_id", "read_by")


@transaction.atomic
def gather(opinions: Sequence[Opinion], text: str, *, actor: Actor) -> Digest:
    """Write one digest of opinions about the same target. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    if not opinions:
        raise ValidationError(_("Please tick the opinions that say the same."))
    first = opinions[0]
    actor.require(Right.SORT_OPINIONS, first)
    if len(opinions) > MOST or any(getattr(row, name) != getattr(first, name) for row in opinions for name in ALIKE):
        raise ValidationError(
            _("A digest gathers opinions of one organisation about the same person or target: please tick only these.")
        )
    words = _checked(text, opinions)
    facts: dict[str, Any] = {name: getattr(first, name) for name in ALIKE}
    digest = Digest.objects.create(noted_on=timezone.localdate(), **facts)
    DigestText.objects.create(digest=digest, text=words)
    if len(make_moves(opinions, "sort", actor=actor, digest=digest)) < len(opinions):
        raise MoveNotAllowed(_("Somebody else has just changed this record. Please look at it again."))
    record(digest, "create", actor=actor, rights=[Right.SORT_OPINIONS], target=digest.state)
    return digest


@transaction.atomic
def reword(digest: Digest, text: str, *, actor: Actor) -> DigestText:
    """Change the words before they are fed back. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    actor.require(Right.SORT_OPINIONS, digest)
    if digest.state != Digest.State.DRAFT:
        raise MoveNotAllowed(_("What has been fed back is not changed any more."))
    words = _checked(text, list(Opinion.objects.filter(digest=digest)))
    row, _made = DigestText.objects.update_or_create(digest=digest, defaults={"text": words})
    record(digest, "reword", actor=actor, rights=[Right.SORT_OPINIONS])
    return row


def _checked(text: str, opinions: Sequence[Opinion]) -> str:
    """The words; refused where they repeat somebody's opinion whole: the style may tell who has spoken (F6)."""
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise ValidationError(_("Please write the digest, at most %(most)d characters.") % {"most": LONGEST})
    said = OpinionText.objects.filter(opinion__in=opinions).values_list("text", flat=True)
    if any(len(one) >= VERBATIM and one in words for one in said):
        raise ValidationError(
            _("The digest repeats an opinion word for word. Please say it in other words: a style may tell who spoke.")
        )
    return words


@transaction.atomic
def move(digest: Digest, name: str, *, actor: Actor, note: str = "") -> Move:
    """Feed back, acknowledge, or make void, which sets its opinions free again.

    Raises PermissionDenied, MoveNotAllowed, NoteRequired.
    """
    day = {"feed_back": "fed_back_on", "acknowledge": "acknowledged_on"}.get(name)
    changes = {day: timezone.localdate()} if day else {}
    made = make_move(digest, name, actor=actor, note=note, **changes)
    for column, value in changes.items():
        setattr(digest, column, value)
    if name == "void":
        make_moves(
            Opinion.objects.filter(digest=digest).select_related("organisation"), "release", actor=actor, digest=None
        )
    recount([digest.organisation_id], Period(round_key=digest.round_id), OPINION_CODES, actor=actor)
    return made
