from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        # Registers the two signs of the brand bar, to-dos and checks of rows.
        from reminders import menu, offices, slips, transfers, verify  # noqa: F401
