from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        # Registers files, menu items, what is kept how long, rules, what waits for whom, what no branch leaves behind,
        # and checks of rows.
        from meetings import attachments, menu, metrics, retention, rules, todos, unfinished, verify  # noqa: F401
        from meetings.calendar import unlogged  # noqa: F401
        from meetings.criticism import rules as criticism_rules  # noqa: F401
        from meetings.criticism import verify as criticism_verify  # noqa: F401
        from meetings.decisions import verify as verify_decisions  # noqa: F401
        from meetings.frequency import notices as frequency_notices  # noqa: F401
        from meetings.notes import notices as notes_notices  # noqa: F401
        from meetings.notes import verify as notes_verify  # noqa: F401
        from meetings.plans import (
            notices,  # noqa: F401
            quarterly,  # noqa: F401
        )
        from meetings.plans import todos as plan_todos  # noqa: F401
        from meetings.schedule import todos as schedule_todos  # noqa: F401
        from meetings.schedule import verify as verify_schedule  # noqa: F401
        from meetings.study import notices as study_notices  # noqa: F401
        from meetings.study import rules as study_rules  # noqa: F401
        from meetings.study import verify as study_verify  # noqa: F401
        from meetings.talks import rules as talk_rules  # noqa: F401
        from meetings.talks import verify as talk_verify  # noqa: F401
