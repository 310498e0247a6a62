"""What happens to jobs: their owners' part first, then the workers'. The only writes of this room.

Every change is one UPDATE that names the state it starts from (compare-and-set), and for a running job its lease, so
that of two workers, or of a worker and a person who cancels, exactly one wins. No lock is held while a job runs.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs import files, registry
from jobs.models import Heartbeat, Job, JobQuerySet
from jobs.states import MOVES, State
from jobs.wake import wake
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor
from workflow.moves import MoveNotAllowed

NO_LEASE: dict[str, Any] = {"lease_key": "", "lease_until": None}


@transaction.atomic
def enqueue(
    kind: str, *, actor: Any, params: dict[str, Any], organisation_key: str = "", address: str | None = None
) -> Job:
    """Owe a job to `actor`, a signed-in user; a worker is woken after commit. What it may read, its run asks."""
    registry.find(kind)
    job = Job.objects.create(kind=kind, owner=actor, params=params, organisation_key=organisation_key)
    audit("job_queued", actor=actor, note=f"{job} #{job.pk}", address=address)
    wake("jobs.tasks.run", job.pk)
    return job


@transaction.atomic
def cancel(job: Job, *, actor: Any) -> None:
    """Stop a job that has not ended, for its owner only; its run notices within a second or so."""
    if job.owner_id != actor.pk:
        raise PermissionDenied
    if not _move(Job.objects.filter(pk=job.pk), "cancel", finished_at=timezone.now(), **NO_LEASE):
        raise MoveNotAllowed(_("This job has already ended."))
    audit("job_cancelled", actor=actor, note=f"{job} #{job.pk}")


def note_download(job: Job, *, actor: Any, address: str) -> None:
    """Tell the audit log who fetched which file from where, and with which offices."""
    audit("job_downloaded", actor=actor, note=f"{job.file_name} #{job.pk}", address=address, acted_as=actor.acting_as())


# --- The workers' part --------------------------------------------------------------------------------------------
def claim(job_id: int, *, now: datetime, actor: Actor = SYSTEM) -> Job | None:
    """The job under a new lease, or None where it is not waiting or somebody was faster."""
    actor.require("system", None)
    key = secrets.token_hex(16)
    changes = {"attempts": F("attempts") + 1, "done": 0, "total": None, "started_at": now}
    if not _move(Job.objects.filter(pk=job_id), "start", lease_key=key, lease_until=_lease(now), **changes):
        return None
    return Job.objects.select_related("owner").get(pk=job_id)


def renew(job: Job, *, done: int, total: int | None, now: datetime, actor: Actor = SYSTEM) -> bool:
    """Note the progress and hold the lease longer; False where it was cancelled or given to another worker."""
    actor.require("system", None)
    beat(now=now)
    return bool(_held(job).update(done=done, total=total, lease_until=_lease(now)))


def finish(job: Job, *, path: str, file_name: str, rows: int, now: datetime, actor: Actor = SYSTEM) -> bool:
    """Make the file downloadable; False where the lease is no longer ours."""
    actor.require("system", None)
    expires_at = now + timedelta(days=settings.EXPORT_KEEP_DAYS)
    told = {"path": path, "file_name": file_name, "rows": rows, "done": rows, "expires_at": expires_at}
    with transaction.atomic():
        if not _move(_held(job), "finish", finished_at=now, lease_until=None, **told):
            return False
        done = {"file": f"{file_name} #{job.pk}", "rows": rows}
        audit("job_done", actor=actor, note=_("%(file)s, %(rows)d rows") % done)
    return True


def fail(job: Job, *, reason: str, now: datetime, actor: Actor = SYSTEM) -> None:
    """End the job with words for its owner; nothing happens where the lease is no longer ours."""
    actor.require("system", None)
    with transaction.atomic():
        if _move(_held(job), "fail", reason=reason, finished_at=now, **NO_LEASE):
            audit("job_failed", actor=actor, note=f"{job} #{job.pk}: {reason}")


def sweep(*, now: datetime, actor: Actor = SYSTEM) -> None:
    """What the clock does: say that a worker lives, take back lost jobs, expire results, remove stray files."""
    actor.require("system", None)
    beat(now=now)
    for job in Job.objects.abandoned(now):
        _take_back(job, now)
    _move(Job.objects.outdated(now), "expire")
    strays = files.found()  # before the keys are read: a file made later has its row already
    files.remove_strays(strays, set(Job.objects.with_files().values_list("lease_key", flat=True)))


def beat(*, now: datetime, actor: Actor = SYSTEM) -> None:
    """Write that a worker was alive at `now`."""
    actor.require("system", None)
    if not Heartbeat.objects.filter(name="worker").update(at=now):
        Heartbeat.objects.get_or_create(name="worker", defaults={"at": now})


def _take_back(job: Job, now: datetime) -> None:
    lost = _held(job).abandoned(now)
    if job.attempts < settings.JOB_MAX_ATTEMPTS:
        _move(lost, "requeue", **NO_LEASE)
    else:
        with override(settings.LANGUAGE_CODE):
            reason = _(
                "The job was broken off %(count)d times by a fault of the server. Please try a smaller selection."
            )
            _move(lost, "fail", reason=reason % {"count": job.attempts}, finished_at=now, **NO_LEASE)


def _move(jobs: JobQuerySet, name: str, **changes: Any) -> int:
    """Make one move of jobs/states.py on those of `jobs` that stand where it begins; their number."""
    moves = [move for move in MOVES if move.name == name]
    return jobs.filter(state__in=[move.source for move in moves]).update(state=moves[0].target, **changes)


def _held(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, lease_key=job.lease_key)


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
