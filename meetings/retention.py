"""What this room keeps, and how long."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from branches.retention.kinds import Kind, register
from meetings.models import Claim, NotesLine, RemarkKind, SpokenRemark, TalkContent

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
for _code, _name, _of in (
    ("F34-criticism", _("Raw criticism of members and committee"), RemarkKind.CRITICISM),
    ("F34-comment", _("Raw comments of hosts and superiors"), RemarkKind.COMMENT),
):
    register(
        Kind(
            _code,
            _name,
            _(
                "How many there were is kept for good; the words only until the next meeting has told what became of "
                "them."
            ),
            365,
            rows=partial(SpokenRemark.objects.filter, kind=_of),
            since="meeting__started_at__date",
            organisation="meeting__organisation",
        )
    )
register(
    Kind(
        "F34-claim",
        _("Lists of points members make their own"),
        _("Needed until what was to be put right is put right and told at the meetings after."),
        730,
        rows=Claim.objects.all,
        since="meeting__started_at__date",
        organisation="meeting__organisation",
    )
)
register(
    Kind(
        "F34-notes",
        _("Results of members in checks of study notes"),
        _("That notes were checked is kept for good, with the numbers; who fell short only until it is put right."),
        730,
        rows=NotesLine.objects.all,
        since="notes_check__checked_on",
        organisation="notes_check__organisation",
    )
)
