from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "rectification"

    def ready(self) -> None:
        # Registers the menu, what came of rows below, what waits for whom, numbers, what none leaves behind, checks.
        from rectification import menu  # noqa: F401
        from rectification.common import verify as common_checks  # noqa: F401
        from rectification.problems import metrics, sequels, todos, unfinished, verify  # noqa: F401
