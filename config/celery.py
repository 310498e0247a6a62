"""The Celery application: finds the tasks of every room; its schedule stands in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("branchlife")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
