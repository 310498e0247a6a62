from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        # Registers menu items, metrics, what waits for whom, what no branch leaves behind, checks of rows, the year.
        from appraisals import menu, metrics, todos, unfinished, verify, years  # noqa: F401
