"""Tables of this room: notices, and the mail that carries them to those who want it."""

from reminders.models.mail import Delivery, Mailbox
from reminders.models.notices import Notice, NoticeQuerySet

__all__ = ["Delivery", "Mailbox", "Notice", "NoticeQuerySet"]
