"""Opening a page to strangers, taking down what they write, answering whoever has a code."""

import secrets
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.metrics import OPINION_CODES
from appraisals.models import Digest, Opinion, OpinionAnswer, OpinionPage, OpinionText, OpinionTicket, Round
from appraisals.opinions import rules
from appraisals.opinions.channels import Channel, Target
from appraisals.opinions.models.readers import reader_of
from appraisals.opinions.states import TOLD
from branches.models import Organisation
from branches.rights import Right
from figures.actions import recount
from figures.registry import Period
from workflow import codes
from workflow.actions import record
from workflow.actors import SYSTEM, Actor, require_any
from workflow.moves import Move, make_move

OPENERS = (Right.LEAD, Right.RUN_ROUNDS)
PURPOSE = "opinion ticket"
LONGEST_ANSWER = 2000


@transaction.atomic
def ask_for_page(round_: Round, organisation: Organisation, until: date, *, actor: Actor) -> OpinionPage:
    """Ask the superior to let strangers write until that day. Raises PermissionDenied, ValidationError."""
    page = OpinionPage(round=round_, organisation=organisation, until=until, token=secrets.token_urlsafe(12))
    require_any(actor, OPENERS, page)
    rules.check_round(round_, organisation)
    if until < timezone.localdate():
        raise ValidationError(_("The last day lies in the past: please check it."))
    standing = OpinionPage.objects.filter(round=round_, organisation=organisation, state__in=["asked", "open"])
    if standing.exists():
        raise ValidationError(_("There is a public page of this round already."))
    page.save(force_insert=True)
    record(page, "create", actor=actor, rights=OPENERS, target=page.state)
    return page


@transaction.atomic
def move_page(page: OpinionPage, name: str, *, actor: Actor, note: str = "") -> Move:
    """Approve, refuse or close. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    return make_move(page, name, actor=actor, note=note)


@transaction.atomic
def take_down(page: OpinionPage, target: str, text: str, code: str, *, actor: Actor) -> Opinion:
    """What a stranger wrote, under the code he may take away. Raises PermissionDenied once the page is closed,
    ValidationError.

    It leaves no history row: that would keep the minute.
    """
    today = timezone.localdate()
    if not OpinionPage.objects.open_on(today).filter(pk=page.pk).exists():
        raise PermissionDenied
    words = text.strip()
    rules.check_words(words, 1)
    if target not in Target.values or not words:
        raise ValidationError(_("Please choose whom the opinion is about, and write it down."))
    row = Opinion.objects.create(
        round_id=page.round_id, organisation_id=page.organisation_id, channel=Channel.PAGE, target=target,
        read_by=reader_of(page.organisation, target, None, today), noted_on=today,
    )  # fmt: skip
    OpinionText.objects.create(opinion=row, text=words)
    OpinionTicket.objects.create(opinion=row, code=codes.digest(PURPOSE, code))
    recount([page.organisation_id], Period(round_key=page.round_id), OPINION_CODES, actor=SYSTEM)
    return row


@transaction.atomic
def propose_answer(digest: Digest, text: str, *, actor: Actor) -> OpinionAnswer:
    """Write what is answered to those who gave these opinions; the superior approves it.

    Raises PermissionDenied, ValidationError.
    """
    actor.require(Right.SORT_OPINIONS, digest)
    words = text.strip()
    if digest.state not in TOLD:
        raise ValidationError(_("Please feed the digest back first."))
    if not words or len(words) > LONGEST_ANSWER:
        raise ValidationError(_("Please write the answer, at most %(most)d characters.") % {"most": LONGEST_ANSWER})
    if OpinionAnswer.objects.filter(digest=digest, state__in=["proposed", "published"]).exists():
        raise ValidationError(_("There is an answer to this digest already."))
    answer = OpinionAnswer.objects.create(digest=digest, organisation_id=digest.organisation_id, text=words)
    record(answer, "create", actor=actor, rights=[Right.SORT_OPINIONS], target=answer.state)
    return answer


@transaction.atomic
def move_answer(answer: OpinionAnswer, name: str, *, actor: Actor, note: str = "") -> Move:
    """Publish, refuse or withdraw. Raises PermissionDenied, MoveNotAllowed, NoteRequired."""
    return make_move(answer, name, actor=actor, note=note)
