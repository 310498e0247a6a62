from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = _("Branches")

    def ready(self) -> None:
        from branches import checks, menu  # noqa: F401  registers system checks and menu items
        from branches.second_step import told  # noqa: F401  listens to what allauth does
