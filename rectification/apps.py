from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "rectification"

    def ready(self) -> None:
        # Registers the menu, what came of rows below, what waits for whom, numbers, what none leaves behind, checks.
        from rectification import menu  # noqa: F401
        from rectification.gathered import verify as common_checks  # noqa: F401
        from rectification.pledges import carried as _pledges_carried  # noqa: F401
        from rectification.pledges import metrics as _pledge_metrics  # noqa: F401
        from rectification.pledges import todos as _pledge_todos  # noqa: F401
        from rectification.pledges import unfinished as _pledge_unfinished  # noqa: F401
        from rectification.pledges import verify as _pledge_checks  # noqa: F401
        from rectification.problems import carried as _carried  # noqa: F401
        from rectification.problems import metrics, sequels, todos, unfinished, verify  # noqa: F401
        from rectification.publishing import rules as _board_rule  # noqa: F401
        from rectification.publishing import todos as _publication_todos  # noqa: F401
        from rectification.publishing import unfinished as _publication_unfinished  # noqa: F401
        from rectification.publishing import verify as _publication_checks  # noqa: F401
        from rectification.publishing.open import pages as _outcomes  # noqa: F401
