from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import attachments, menu, todos  # noqa: F401  registers files, menu items and what waits for whom
