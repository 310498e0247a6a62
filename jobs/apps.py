from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Background jobs")

    def ready(self) -> None:
        from jobs import verify  # noqa: F401  registers a check of rows
        from shell import menu

        item = menu.Item("job_list", _("Background jobs"), "hourglass-split", order=80, place="bar")
        menu.register(item)
