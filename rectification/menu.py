"""What this room offers in the frame."""

from django.utils.translation import gettext_lazy as _

from shell.menu import Item, register

register(Item("problem_list", _("Rectification"), "clipboard-check", 39, shown=lambda user: user.reach.takes_part))
register(Item("pledge_list", _("Pledges"), "bookmark-check", 39, shown=lambda user: user.reach.takes_part))
register(Item("publication_list", _("Public board"), "megaphone", 39, shown=lambda user: user.reach.takes_part))
