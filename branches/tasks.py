from celery import shared_task
from django.utils import timezone

from branches.roster.actions import imports


@shared_task
def expire_rosters() -> None:
    """Give up forgotten imports of rosters and remove their files."""
    imports.expire(now=timezone.now())
