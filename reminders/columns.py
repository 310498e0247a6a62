"""The columns of the phone list."""

import re
from typing import Any

from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reminders.models import Notice
from shell.formats import badge, day, link
from shell.lists import Column, Deed

TELL = Deed(gettext_lazy("Told by telephone"), reverse_lazy("phone_tell"), "telephone")


def untold(row: Notice) -> int | None:
    """The notice to tick: whoever has been told is not urged twice."""
    return None if row.told_at else row.pk


def _phone(row: Any) -> SafeString | str | None:
    """To tap on a telephone; as the register has it where no number can be read out of it."""
    number = re.sub(r"[^\d+]", "", row.phone or "")
    return link(f"tel:{number}", row.phone) if number else row.phone


def _told(row: Notice) -> str:
    if not row.told_at:
        return badge(_("Not yet told"), "waiting")
    return _("%(day)s, by %(name)s") % {"day": day(row.told_at), "name": row.told_by}


PHONE = (
    Column("name", gettext_lazy("Name"), lambda row: row.recipient.name, css="nowrap"),
    Column("phone", gettext_lazy("Telephone"), _phone, css="nowrap"),
    Column("words", gettext_lazy("What to tell"), lambda row: row.words, css="wide"),
    Column("day", gettext_lazy("Day"), lambda row: day(row.due_on), css="nowrap"),
    Column("told", gettext_lazy("Told by telephone"), _told, css="nowrap"),
    Column("account", gettext_lazy("Account"), lambda row: row.username or _("Without account"), css="nowrap"),
    Column("branch", gettext_lazy("Branch"), lambda row: row.organisation.label),
)
