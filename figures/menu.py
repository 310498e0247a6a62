"""What this room offers in the frame."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from shell.menu import Item, register


def reads_figures(user: Any) -> bool:
    return user.may(Right.READ_BRANCH, None) or user.may(Right.OVERSEE, None)


register(Item("figure_list", _("Figures"), "bar-chart", 60, shown=reads_figures))
register(Item("total_list", _("Typed totals"), "123", 61, shown=reads_figures))
