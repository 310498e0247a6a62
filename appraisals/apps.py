from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        from appraisals import menu, todos, verify  # noqa: F401  registers menu items, what waits for whom, checks
