"""To-dos and notices in the brand bar, each with its number."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reminders import badges
from shell.menu import Item, register


def takes_part(user: Any) -> bool:
    return user.reach.takes_part


register(Item("todo_list", _("To do"), "clipboard-check", 10, shown=takes_part, badge=badges.todo_count, place="bar"))
register(Item("notice_list", _("Notices"), "bell", 20, shown=takes_part, badge=badges.unread_count, place="bar"))
