from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        # Registers menu items, what waits for whom, what no branch leaves behind, checks of rows, the year appraised.
        from appraisals import menu, todos, unfinished, verify, years  # noqa: F401
