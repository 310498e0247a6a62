from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        # Registers files, menu items, rules, what waits for whom and checks of rows.
        from meetings import attachments, menu, rules, todos, verify  # noqa: F401
