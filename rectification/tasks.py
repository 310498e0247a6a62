"""What the clock does in this room."""

from celery import shared_task

from rectification.problems.actions import clock


@shared_task
def mark_late() -> None:
    """Every day: what is overdue by now enters figures."""
    clock.mark_late()
