from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        # Registers menu items, what waits for whom, what no branch leaves behind, and checks of rows.
        from appraisals import menu, todos, unfinished, verify  # noqa: F401
