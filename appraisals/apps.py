from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        from appraisals import menu, todos  # noqa: F401  registers menu items and what waits for whom
