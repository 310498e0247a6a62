from celery import shared_task
from django.utils import timezone

from branches.retention import actions as retention
from branches.roster.actions import imports


@shared_task
def expire_rosters() -> None:
    """Give up forgotten imports of rosters and remove their files."""
    imports.expire(now=timezone.now())


@shared_task
def destroy_expired() -> None:
    """Destroy what has been kept for as long as it may be."""
    retention.destroy_expired(timezone.localdate())
