from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import menu, todos  # noqa: F401  registers menu items and what waits for whom
