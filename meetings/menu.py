"""What this room offers in the frame."""

from django.utils.translation import gettext_lazy as _

from shell.menu import Item, register

register(Item("plan_list", _("Meeting plans"), "calendar-event", 19, shown=lambda user: user.reach.takes_part))
register(Item("meeting_list", _("Meeting records"), "journal-text", 20, shown=lambda user: user.reach.takes_part))
