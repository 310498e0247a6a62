from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        # Registers files, menu items, rules, what waits for whom, what no branch leaves behind, and checks of rows.
        from meetings import attachments, menu, rules, todos, unfinished, verify  # noqa: F401
