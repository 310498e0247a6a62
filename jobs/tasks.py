from celery import shared_task
from django.conf import settings
from django.utils import timezone

from jobs import actions, runner, sqlite


@shared_task
def run(job_id: int) -> None:
    """Run one job, if it still waits."""
    runner.run_one(job_id)


@shared_task(expires=settings.JOB_SWEEP_SECONDS)  # while all workers are busy, sweeps must not pile up behind them
def sweep() -> None:
    """Put right what is lost or outdated, then run what no message reached."""
    actions.sweep(now=timezone.now())
    runner.run_waiting()


@shared_task
def measure_tables() -> None:
    """Where SQLite holds the rows, have it look at them."""
    sqlite.measure_tables()
