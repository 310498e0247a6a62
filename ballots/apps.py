from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "ballots"
    verbose_name = _("Ballots")

    def ready(self) -> None:
        # Registers checks of rows and of where the keys lie.
        from ballots import checks, verify  # noqa: F401
