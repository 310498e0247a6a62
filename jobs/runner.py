"""One run of one job in a worker: claim, run, publish the file, tell the end. No part of a file is left behind."""

import errno
import logging
import re
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, connection, connections
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs import actions, files, registry
from jobs.models import Job

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def run_waiting() -> None:
    """Run, one after the other, the jobs that have waited so long that their message must be lost."""
    since = timezone.now() - timedelta(seconds=settings.JOB_SWEEP_SECONDS)
    while job_id := Job.objects.waiting(since).values_list("pk", flat=True).first():
        run_one(job_id)


def run_one(job_id: int) -> None:
    """Run the job to its end, in the site's own language; do nothing where it waits no longer."""
    job = actions.claim(job_id, now=timezone.now())
    if job is None:
        return
    part = files.part_of(job)
    try:
        with translation.override(settings.LANGUAGE_CODE), Ticker(job) as tick:
            _run(job, tick)
    except registry.Cancelled:
        log.info("Job %s was cancelled or taken over", job.pk)
    except (OperationalError, InterfaceError):
        log.exception("Job %s lost the database; it is taken up again when its lease has run out", job.pk)
    except Exception as error:
        with translation.override(settings.LANGUAGE_CODE):
            actions.fail(job, reason=words_for(error, job), now=timezone.now())
    finally:
        part.unlink(missing_ok=True)


def _run(job: Job, tick: "Ticker") -> None:
    if not job.owner.is_active:
        raise PermissionDenied
    kind = registry.find(job.kind)
    part = files.part_of(job)
    name = kind.run(job, part, tick)
    final = files.publish(part, f"{job.lease_key}{kind.suffix}")
    shown = presentable(name, kind.suffix)
    if not actions.finish(job, path=final.name, file_name=shown, rows=tick.done, now=timezone.now()):
        final.unlink()
        raise registry.Cancelled


def words_for(error: Exception, job: Job) -> str:
    """Why it failed, in words for its owner; an unknown error gets a number that also stands in the log."""
    if isinstance(error, PermissionDenied):
        return _("You no longer hold the right that this job needs.")
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, registry.UnknownKind):
        return _("This version of the system no longer offers this kind of job.")
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return _("The server's disk is full. Please tell the system administrator, then try again.")
    incident = secrets.token_hex(4).upper()
    log.error("Incident %s in job %s", incident, job.pk, exc_info=error)
    words = _("A fault of the system. Please tell the system administrator the number %(incident)s.")
    return words % {"incident": incident}


def presentable(name: str, suffix: str) -> str:
    """`name` as a file name that every system takes, ending in `suffix`."""
    stem = re.sub(r'[\x00-\x1f\x7f\\/:*?"<>|\ud800-\udfff]', "", name.removesuffix(suffix)).strip(". ")
    return f"{stem[:100] or 'export'}{suffix}"


class Ticker:
    """The `tick` of one run: about once a second it notes the progress and renews the lease, or raises Cancelled.

    It writes from a thread with a connection of its own. The run reads through an open cursor, perhaps in a
    transaction; SQLite refuses a write to a connection whose reader is behind, and nobody would see it before commit.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done = 0
        self.total: int | None = None
        self._next = 0.0
        # Called inside a transaction (a test), the row may be visible to this connection only.
        self._thread = None if connection.in_atomic_block else ThreadPoolExecutor(1, "tick")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._thread:
            self._thread.submit(connections.close_all).result()
            self._thread.shutdown()

    def __call__(self, done: int, total: int | None = None) -> None:
        self.done = done
        self.total = self.total if total is None else total
        if time.monotonic() >= self._next:
            if not (self._thread.submit(self._renew).result() if self._thread else self._renew()):
                raise registry.Cancelled
            self._next = time.monotonic() + TICK_SECONDS

    def _renew(self) -> bool:
        return actions.renew(self.job, done=self.done, total=self.total, now=timezone.now())
