from celery import shared_task
from django.utils import timezone

from meetings.study import actions as study


@shared_task
def bring_up_study() -> None:
    """What members lack of their hours, after a day of changes to rules and register."""
    study.bring_up_everybody(timezone.localdate())
