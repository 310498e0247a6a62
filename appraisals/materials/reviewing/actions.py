"""What a reviewer says about a passage, and what its author answers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.materials.models.comments import LONGEST, LONGEST_QUOTE
from appraisals.materials.reviewing.anchors import place
from appraisals.materials.states import MaterialState
from appraisals.models import Comment, Material
from branches.models import User
from branches.rights import Right
from workflow.actions import record
from workflow.moves import MoveNotAllowed, make_move


@transaction.atomic
def comment(material: Material, words: str, *, actor: User, title: str, quote: str, start: int) -> Comment:
    """Say something about a passage of the version in hand: `quote`, which stands at `start` below the heading `title`.

    Raises PermissionDenied, MoveNotAllowed, ValidationError.
    """
    actor.require(Right.REVIEW, material)
    if material.state != MaterialState.SUBMITTED:
        raise MoveNotAllowed(_("Comments are made while a material waits for its review."))
    version = material.versions.get(number=material.versions_count)
    words, quote = words.strip(), quote.strip("\n")[:LONGEST_QUOTE]
    if not words or len(words) > LONGEST:
        raise ValidationError(_("Please write between 1 and 2,000 characters."))
    if not quote or place(quote, start, dict(version.sections).get(title, "")) is None:
        raise ValidationError(_("Please choose the passage again: it does not stand in this version."))
    row = Comment.objects.create(
        material=material, version=version.number, title=title, start=start, quote=quote, words=words,
        written_by=actor,
    )  # fmt: skip
    record(material, "comment", actor=actor, rights=[Right.REVIEW])  # that there is one, never what it says
    return row


@transaction.atomic
def answer(row: Comment, words: str, *, actor: User) -> None:
    """Answer a comment, as author or for the committee. Raises PermissionDenied, MoveNotAllowed, ValidationError."""
    actor.require(row.writing_right, row)
    if not words.strip() or len(words) > LONGEST:
        raise ValidationError(_("Please write between 1 and 2,000 characters."))
    make_move(row, "answer", actor=actor, answer=words.strip())


@transaction.atomic
def resolve(row: Comment, *, actor: User) -> None:
    """Close a comment, as reviewer. Raises PermissionDenied, MoveNotAllowed."""
    make_move(row, "resolve", actor=actor)
