from celery import shared_task
from django.utils import timezone

from reminders.actions import notices
from reminders.mail import post


@shared_task
def scan() -> None:
    """Owe the notices of today; config/settings.py says how often."""
    notices.scan(timezone.localdate())


@shared_task(expires=60)  # as often as it is asked for: while all workers are busy, calls must not pile up
def post_mail() -> None:
    """Owe today's digests and send the mails that are due."""
    post.post(timezone.now())
