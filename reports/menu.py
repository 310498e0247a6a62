"""What this room offers in the frame."""

from django.utils.translation import gettext_lazy as _

from shell.menu import Item, register

register(Item("dashboard", _("Dashboard"), "house", 0))
