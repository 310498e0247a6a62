"""Choosing where and when to be reminded by mail. An address counts once the code mailed to it has been typed."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import User
from jobs.wake import wake
from reminders.mail.states import OPEN
from reminders.models import Delivery, Mailbox
from reminders.models.mail import Kind
from workflow import codes
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor

MINUTES = 30
CODES_A_DAY = 5  # nobody fills a stranger's mailbox through us


@transaction.atomic
def choose(*, actor: User, address: str, daily: bool, hour: int) -> Mailbox:
    """Keep the choice; a new address waits until it is confirmed, an empty one ends the mails at once.

    Raises PermissionDenied, ValidationError.
    """
    if not actor.reach.takes_part:
        raise PermissionDenied
    if address and not settings.MAIL_SERVER:
        raise ValidationError(_("This site sends no mail."))
    mailbox, _made = Mailbox.objects.select_for_update().get_or_create(user=actor)
    changes: dict[str, Any] = {"daily": daily, "hour": hour}
    if not address and (mailbox.address or mailbox.pending):
        changes |= {"address": "", "pending": ""}
        audit("mail_removed", actor=actor)
    elif address and address != mailbox.address:
        changes["pending"] = address
        _owe_code(actor, timezone.now())
    elif mailbox.pending:
        changes["pending"] = ""
    Mailbox.objects.filter(pk=actor.pk).update(**changes, code_digest="", code_until=None)
    mailbox.refresh_from_db()
    return mailbox


@transaction.atomic
def confirm(code: str, *, actor: User) -> None:
    """Take the waiting address for one's own. Raises ValidationError where the code is wrong or past its time."""
    if not actor.reach.takes_part:
        raise PermissionDenied
    mailbox = Mailbox.objects.visible_to(actor).filter(code_until__gt=timezone.now()).exclude(pending="").first()
    if mailbox is None or not codes.matches(mailbox.code_digest, _purpose(mailbox.pending), code):
        raise ValidationError(_("The code is wrong or past its time. Please compare, or have a new one sent."))
    Mailbox.objects.filter(pk=actor.pk).update(address=mailbox.pending, pending="", code_digest="", code_until=None)
    audit("mail_confirmed", actor=actor)


def new_code(delivery: Any, *, now: datetime, actor: Actor = SYSTEM) -> str:
    """The code for the address that waits, made when it is mailed there: it lies in no row, message or log.

    Empty where that address is no longer wanted. It confirms this address and no other.
    """
    actor.require("system", None)
    code, address = codes.new_code(), delivery.pending
    changes = {"code_digest": codes.digest(_purpose(address), code), "code_until": now + timedelta(minutes=MINUTES)}
    rows = Mailbox.objects.filter(user=delivery.user_id, pending=address).exclude(pending="")
    return code if rows.update(**changes) else ""


def _purpose(address: str) -> str:
    return f"mail:{address}"


def _owe_code(user: User, now: datetime) -> None:
    today = timezone.localdate(now)
    sent = Delivery.objects.visible_to(user).filter(kind=Kind.CODE)
    if sent.filter(day=today).count() >= CODES_A_DAY:
        raise ValidationError(_("Codes have been sent several times today. Please try again tomorrow."))
    if not sent.filter(state__in=OPEN).exists():
        Delivery.objects.create(user=user, kind=Kind.CODE, day=today, message_id=secrets.token_hex(16), next_at=now)
    wake("reminders.tasks.post_mail")
