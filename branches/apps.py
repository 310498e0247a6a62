from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = _("Branches")

    def ready(self) -> None:
        # Registers system checks, words of the history, menu items and checks of rows.
        from branches import checks, history, menu, verify  # noqa: F401
        from branches.roster import work  # noqa: F401  registers the jobs of an import
        from branches.rules import organisations  # noqa: F401  registers the rules about organisations
        from branches.second_step import told  # noqa: F401  listens to what allauth does
