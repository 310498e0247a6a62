from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = _("Branches")

    def ready(self) -> None:
        from branches import checks, menu, verify  # noqa: F401  registers system checks, menu items, checks of rows
        from branches.rules import organisations  # noqa: F401  registers the rules about organisations
