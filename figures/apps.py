from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "figures"
    verbose_name = _("Figures")

    def ready(self) -> None:
        # Registers the menu item and the checks of rows; metrics come from the rooms that count.
        from figures import menu, verify  # noqa: F401
