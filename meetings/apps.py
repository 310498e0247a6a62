from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import menu, rules, todos, verify  # noqa: F401  registers menu items, rules, to-dos, checks
