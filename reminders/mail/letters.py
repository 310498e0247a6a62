"""What a mail says: a name, what is due and when, and where to sign in. No link but the site's own address, no picture,
nothing anybody wrote, and a subject that tells a passer-by nothing."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from reminders.actions.mailboxes import MINUTES
from reminders.models import Delivery, Notice
from shell.formats import day
from workflow import codes


def digest(delivery: Any, notices: Sequence[Notice]) -> EmailMessage:
    """Everything a person has to be told on one day."""
    lines = [f"{number}. {notice.words}" for number, notice in enumerate(notices, 1)]
    told = [_("The following is soon due:"), "", *lines, "", _("Please sign in: %(address)s") % _site()]
    foot = _("Whoever wants no more mails switches them off under “Reminders by mail”.")
    subject = _("Daily reminder %(day)s") % {"day": day(delivery.day)}
    return _letter(delivery, delivery.address, subject, told, foot)


def code(delivery: Any, plain: str) -> EmailMessage:
    """The code that shows that a mailbox is the person's own."""
    words = _("Code: %(code)s. Please type it within %(minutes)d minutes on the page “Reminders by mail”.")
    told = [words % {"code": codes.grouped(plain), "minutes": MINUTES}]
    foot = _("Whoever has not asked for this mail need do nothing.")
    return _letter(delivery, delivery.pending, _("Code for a mail address"), told, foot)


def _letter(delivery: Delivery, to: str, subject: str, told: Sequence[str], foot: str) -> EmailMessage:
    name = _("%(name)s:") % {"name": delivery.user.name}
    end = _("This mail was sent by the system, please do not answer it.")
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{delivery.message_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        subject, "\n".join([name, "", *told, "", end, foot, ""]), settings.MAIL_FROM, [to], headers=headers
    )


def _site() -> dict[str, str]:
    return {"address": settings.PUBLIC_URL}
