"""What this room keeps, and how long."""

from django.utils.translation import gettext_lazy as _

from branches.retention.kinds import Kind, register
from meetings.models import TalkContent

register(
    Kind(
        "F34-record",
        _("Meeting records with their minutes"),
        _("The record book of a branch is part of its archive."),
    )
)
register(
    Kind(
        "F34-talk",
        _("Contents of talks"),
        _("That a talk took place is kept for good; what was said only as long as it is needed."),
        365,
        rows=TalkContent.objects.all,
        since="talk__held_on",
        organisation="talk__organisation",
    )
)
