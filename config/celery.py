"""The Celery application: finds the tasks of every room; its schedule stands in the settings."""

import os

from celery import Celery
from celery.signals import task_prerun
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("branchlife")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def renew_connections(**_told: object) -> None:
    """Before each task, as before each request: a connection that broke since the last one is opened anew.

    Celery keeps one for many tasks (CELERY_DB_REUSE_MAX) and asks nothing: after a restart of PostgreSQL a worker would
    fail at every task until somebody restarts it as well.
    """
    for connection in connections.all(initialized_only=True):
        if connection.connection and not connection.in_atomic_block and not connection.is_usable():
            connection.close()
