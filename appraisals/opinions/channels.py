"""By which ways opinions are asked for, and whom they are about: stable words in the tables, ours for people.

Which numbers a channel has is data: forms are issued and returned, boxes and telephones are counted, the rest is held
so many times.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    FORM = "form", _("Opinion form")
    BOX = "box", _("Opinion box")
    HOTLINE = "hotline", _("Hotline")
    MEETING = "meeting", _("Discussion meeting")
    VISIT = "visit", _("Visits")
    MAILBOX = "mailbox", _("E-mail box")
    SURVEY = "survey", _("Questionnaire")
    PAGE = "page", _("Public page")
    TALK = "talk", _("Talks with individuals")
    OTHER = "other", _("Another way")


class Target(models.TextChoices):
    """Whom an opinion is about; with the person it decides who reads it (F6)."""

    COMMITTEE = "committee", _("Party organisation and its committee")
    UNIT = "unit", _("Work of the unit")
    LEADER = "leader", _("Leading cadres")
    MEMBER = "member", _("Ordinary members")


class ReadBy(models.TextChoices):
    ORGANISER = "organiser", _("Organiser")
    ABOVE = "above", _("Superior organisation")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is counted of one channel: the words of its two numbers, empty where there is none."""

    issued: str | Promise = ""
    returned: str | Promise = ""


ISSUED, RETURNED = _("Issued"), _("Handed back")
COUNTED: dict[str, Numbers] = {
    Channel.FORM: Numbers(ISSUED, RETURNED),
    Channel.BOX: Numbers(_("Boxes put up")),
    Channel.HOTLINE: Numbers(_("Telephones")),
    Channel.MEETING: Numbers(_("Meetings held")),
    Channel.VISIT: Numbers(_("Households or persons visited")),
    Channel.MAILBOX: Numbers(_("Mailboxes")),
    Channel.SURVEY: Numbers(ISSUED, RETURNED),
    Channel.PAGE: Numbers(),
    Channel.TALK: Numbers(_("Talks held")),
    Channel.OTHER: Numbers(_("Times")),
}
