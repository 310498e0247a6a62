from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"

    def ready(self) -> None:
        from workflow import verify  # noqa: F401  registers what `manage.py verify` asks
