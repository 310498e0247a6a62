from celery import shared_task
from django.utils import timezone

from reminders import actions


@shared_task
def scan() -> None:
    """Owe the notices of today; config/settings.py says how often."""
    actions.scan(timezone.localdate())
