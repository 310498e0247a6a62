"""Tell a worker that there is something to do. Only that: if the message is lost, the sweep finds the row."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)

SECONDS = 0.5  # to connect, and again for the answer: a request never waits longer for a broker that is silent


def wake(task: str = "jobs.tasks.sweep", *args: Any) -> None:
    """After commit, send one message that calls `task`; a dead or hanging broker costs under a second and no error."""
    transaction.on_commit(partial(_send, task, args), robust=True)


def _send(task: str, args: tuple[Any, ...]) -> None:
    limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS, "max_retries": 0}
    try:
        with current_app.connection_for_write(connect_timeout=SECONDS, transport_options=limits) as connection:
            current_app.signature(task, args).apply_async(connection=connection, retry=False)
    except Exception as error:  # whatever a broker's driver raises
        log.warning("No worker woken for %s, the sweep will find it: %s", task, type(error).__name__)
