"""What this room offers in the frame."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from shell.menu import Item, register


def reads_branches(user: Any) -> bool:
    return any(user.may(right, None) for right in (Right.READ_BRANCH, Right.OVERSEE))


register(
    Item(
        "plan_list", _("Meeting plans"), "calendar-event", 19, shown=lambda user: user.reach.takes_part,
        also=r"/meetings/calendar/|/meetings/\d+/(plan|reschedule|schedule)/",
    )
)  # fmt: skip
register(Item("frequency_list", _("Frequency of meetings"), "calendar-check", 21, shown=reads_branches))
register(
    Item(
        "study_mine", _("Study hours"), "book", 26, shown=lambda user: bool(user.reach.home_path),
        also=r"/organisations/\d+/(study|notes)/|/notes/",
    )
)  # fmt: skip
register(
    Item(
        "talk_list", _("Talks"), "chat-dots", 25, shown=lambda user: user.reach.takes_part,
        also=r"/organisations/\d+/talks/",
    )
)  # fmt: skip
register(Item("meeting_list", _("Meeting records"), "journal-text", 20, shown=lambda user: user.reach.takes_part))
