"""To-dos and notices in the brand bar, each with its number; the phone list in the menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.menu import GROUND
from branches.rights import Right
from reminders import badges
from shell.menu import Item, register


def keeps_a_register(user: Any) -> bool:
    return user.may(Right.KEEP_REGISTER, None)


def takes_part(user: Any) -> bool:
    return user.reach.takes_part


register(Item("todo_list", _("To do"), "clipboard-check", 10, shown=takes_part, badge=badges.todo_count, place="bar"))
register(Item("notice_list", _("Notices"), "bell", 20, shown=takes_part, badge=badges.unread_count, place="bar"))
register(Item("phone_list", _("Phone list"), "telephone", 75, section=GROUND, shown=keeps_a_register))
