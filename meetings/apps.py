from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import menu, todos, verify  # noqa: F401  registers menu items, what waits for whom, checks
