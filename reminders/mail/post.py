"""Posting what is due: a lease, one connection, one mail a person, each marked as soon as the server has taken it."""

import logging
import smtplib
from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reminders.actions import deliveries, mailboxes
from reminders.mail import letters
from reminders.models import Notice
from reminders.models.mail import Kind

log = logging.getLogger(__name__)
SECONDS = 10  # for each answer of the server


def post(now: datetime) -> int:
    """Owe today's digests and send what is due, in the site's own language; the number of mails sent."""
    if not settings.MAIL_SERVER:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        deliveries.owe(now=now)
        sent = 0
        while batch := list(deliveries.claim(now=timezone.now())):
            number, answers = _send(batch)
            sent += number
            if not answers:
                break  # the next round tries what is due by then
    return sent


def _send(batch: Sequence[Any]) -> tuple[int, bool]:
    """Send one batch over one connection: the number sent, and whether the server answered to the end.

    Those not sent have been dropped, put off or given up.
    """
    server = EmailBackend(timeout=SECONDS, **settings.MAIL_SERVER)
    untold, waiting, sent = _untold(batch), deque(batch), 0
    try:
        server.open()
        while waiting:
            sent += _send_one(server, waiting[0], untold[waiting[0].user.member_id])
            waiting.popleft()
    except (OSError, smtplib.SMTPException) as fault:
        log.warning("Mail is put off: %s", type(fault).__name__)
        deliveries.retry(waiting, reason=_words_for(fault), now=timezone.now())
    finally:
        _close(server)
    return sent, not waiting


def _send_one(server: EmailBackend, delivery: Any, notices: list[Notice]) -> bool:
    """True if it is sent and marked; else it is dropped, or the server wants nothing for this address."""
    letter = _letter(delivery, notices)
    if letter is None:
        deliveries.drop([delivery], now=timezone.now())
        return False
    try:
        server.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as refusal:
        is_final = any(code >= 500 for code, _words in refusal.recipients.values())
        end = deliveries.give_up if is_final else deliveries.retry
        end([delivery], reason=_words_for(refusal), now=timezone.now())
        return False
    deliveries.mark(delivery, [notice.pk for notice in notices], now=timezone.now())
    return True


def _letter(delivery: Any, notices: list[Notice]) -> EmailMessage | None:
    """What to send; None where there is nothing left to tell."""
    if not delivery.user.is_active:
        return None
    if delivery.kind == Kind.CODE:
        plain = mailboxes.new_code(delivery, now=timezone.now())
        return letters.code(delivery, plain) if plain else None
    return letters.digest(delivery, notices) if notices and delivery.address and delivery.daily else None


def _untold(batch: Sequence[Any]) -> dict[int | None, list[Notice]]:
    """What each member of the batch has to be told at this moment, in one query; what was settled is left out."""
    members = [delivery.user.member_id for delivery in batch if delivery.kind == Kind.DIGEST]
    found: dict[int | None, list[Notice]] = defaultdict(list)
    rows = Notice.objects.unposted(timezone.localdate()).filter(recipient__in=members).order_by("due_on", "pk")
    for notice in rows:
        found[notice.recipient_id].append(notice)
    return found


def _words_for(fault: Exception) -> str:
    """Why it was not sent, for the system page: no address, and nothing the server said about a person."""
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return _("The mail server refuses our name and password.")
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return _("The mail server refuses the address.")
    if isinstance(fault, smtplib.SMTPSenderRefused):
        return _("The mail server refuses our sender address.")
    if isinstance(fault, smtplib.SMTPResponseException):
        return _("The mail server refuses the mail (code %(code)s).") % {"code": fault.smtp_code}
    return _("The mail server does not answer.")


def _close(server: EmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.info("The mail server had hung up already")
