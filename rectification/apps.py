from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "rectification"

    def ready(self) -> None:
        # Registers the menu, what waits for whom, numbers, what no branch leaves behind, checks of rows.
        from rectification import menu  # noqa: F401
        from rectification.problems import metrics, todos, unfinished, verify  # noqa: F401
