from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        # Registers the menu items, to-dos, checks of rows and facts of the system page.
        from reminders import menu, offices, slips, telling, transfers, verify  # noqa: F401
        from reminders.mail import status  # noqa: F401
