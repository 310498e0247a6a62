"""The life of a job: owed, claimed by exactly one worker, ended with a file or with words, never forgotten."""

import errno
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connection
from django.utils import timezone

from jobs import actions, files, registry, runner, tasks
from jobs.models import Heartbeat, Job
from jobs.states import MOVES, State
from workflow.models import AuditEvent
from workflow.moves import MoveNotAllowed

LONG = timedelta(seconds=61)


def told():
    return list(AuditEvent._base_manager.order_by("pk").values_list("kind", "actor_key"))


def test_the_table_of_moves_is_the_one_that_was_asked_for():
    assert {(move.name, move.source.value, move.target.value, *move.who) for move in MOVES} == {
        ("start", "queued", "running", "system"),
        ("finish", "running", "done", "system"),
        ("fail", "running", "failed", "system"),
        ("requeue", "running", "queued", "system"),
        ("cancel", "queued", "cancelled", "own"),
        ("cancel", "running", "cancelled", "own"),
        ("expire", "done", "expired", "system"),
    }


def test_a_job_is_open_until_it_has_ended():
    ended = {"done", "failed", "cancelled", "expired"}
    assert {state for state in State if not Job(state=state).is_open} == ended


def test_a_job_is_a_row_first_and_a_worker_runs_it_after_commit(owner, kind, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.enqueue(kind(), actor=owner, params={"word": "开会"}, organisation_key="7")
        assert (job.state, job.organisation_key) == (State.QUEUED, "7")
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.rows, job.attempts) == (State.DONE, 3, 3, 3, 1)
    assert job.file_name == "问候.txt"
    assert (files.folder() / job.path).read_text() == "您好,周明:开会"
    assert job.expires_at - job.finished_at == timedelta(days=7)
    assert told() == [("job_queued", owner.actor_key), ("job_done", "system")]


def test_an_unknown_kind_is_refused_at_once(owner):
    with pytest.raises(registry.UnknownKind):
        actions.enqueue("no such kind", actor=owner, params={})
    assert not Job.objects.exists()


@pytest.mark.usefixtures("committed")
def test_of_eight_workers_one_gets_the_job(owner):
    queued = Job.objects.create(kind="greeting", owner=owner)
    won, start = [], threading.Barrier(8)

    def claim():
        start.wait()
        won.append(actions.claim(queued.pk, now=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(won) == 8 and len([job for job in won if job]) == 1
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (State.RUNNING, 1)


def test_running_it_twice_does_it_once(finished):
    tasks.run(finished.pk)
    tasks.run(10**9)
    assert Job.objects.get().attempts == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValidationError("Excel 最多 5 行"), "Excel 最多 5 行"),
        (PermissionDenied(), "权限"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘"),
        (ZeroDivisionError("secret inside"), "编号"),
    ],
)
def test_a_failure_is_told_in_words_and_leaves_no_file(owner, kind, names, caplog, error, words):
    def run(job, out, tick):
        out.write_text("half")
        raise error

    job = actions.enqueue(kind(run), actor=owner, params={})
    runner.run_one(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED and job.finished_at
    assert job.reason and "secret" not in job.reason
    assert names() == []
    assert told()[-1] == ("job_failed", "system")
    if isinstance(error, ZeroDivisionError):
        assert any(str(record.args[0]) in job.reason for record in caplog.records if record.args)
    assert words in job.reason


def test_a_closed_account_runs_nothing(owner, queued):
    owner.is_active = False
    owner.save(update_fields=["is_active"])
    runner.run_one(queued.pk)
    queued.refresh_from_db()
    assert queued.state == State.FAILED


def test_a_kind_that_is_gone_fails_clearly(queued, monkeypatch):
    monkeypatch.delitem(registry._kinds, "greeting")
    runner.run_one(queued.pk)
    queued.refresh_from_db()
    assert queued.state == State.FAILED and str(queued) == "greeting"


def test_only_its_owner_cancels_a_job(owner, stranger, queued):
    with pytest.raises(PermissionDenied):
        actions.cancel(queued, actor=stranger)
    actions.cancel(queued, actor=owner)
    runner.run_one(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (State.CANCELLED, 0)
    with pytest.raises(MoveNotAllowed):
        actions.cancel(queued, actor=owner)


@pytest.mark.usefixtures("committed")
def test_cancelling_in_mid_run_stops_it_and_leaves_no_file(owner, kind, names, monkeypatch):
    monkeypatch.setattr(runner, "TICK_SECONDS", 0.0)
    steps = []

    def run(job, out, tick):
        out.write_text("half")
        for done in range(100):
            tick(done, 100)
            steps.append(done)
            if done == 10:
                actions.cancel(Job.objects.get(pk=job.pk), actor=owner)
        return "never.txt"

    job = actions.enqueue(kind(run), actor=owner, params={})  # runs at once: tasks are eager in tests
    job.refresh_from_db()
    assert (job.state, steps[-1], job.done, job.total) == (State.CANCELLED, 10, 10, 100)
    assert names() == []


@pytest.mark.usefixtures("committed")
def test_progress_is_written_and_seen_while_the_run_reads_from_an_open_cursor(owner, kind, monkeypatch):
    monkeypatch.setattr(runner, "TICK_SECONDS", 0.0)
    seen = []
    Heartbeat.objects.bulk_create(Heartbeat(name=f"row {n}", at=timezone.now()) for n in range(300))

    def write():
        Heartbeat.objects.filter(name="row 7").update(at=timezone.now())
        connection.close()

    def look():
        seen.append(Job.objects.values_list("done", "total").get())
        connection.close()

    def elsewhere(function):
        thread = threading.Thread(target=function)
        thread.start()
        thread.join()

    def run(job, out, tick):
        rows = iter(Heartbeat.objects.values_list("pk").iterator(10))
        next(rows)
        elsewhere(write)  # the reader of this run is behind from now on
        tick(5, 10)
        elsewhere(look)
        assert len(list(rows)) == 299
        out.write_text("all")
        return "all.txt"

    assert not connection.in_atomic_block
    job = actions.enqueue(kind(run), actor=owner, params={})
    job.refresh_from_db()
    assert seen == [(5, 10)] and job.state == State.DONE


def test_a_run_that_lost_its_lease_changes_nothing(queued, names):
    now = timezone.now()
    first = actions.claim(queued.pk, now=now)
    files.part_of(first).write_text("half")
    actions.sweep(now=now + LONG)
    assert names() == []  # what the lost worker had written
    second = actions.claim(queued.pk, now=now + LONG)
    assert (second.attempts, second.lease_key != first.lease_key) == (2, True)
    late = {"now": now + LONG}
    assert not actions.renew(first, done=1, total=None, **late)
    assert not actions.finish(first, path="x", file_name="x", rows=1, **late)
    actions.fail(first, reason="late", **late)
    assert actions.renew(second, done=1, total=None, **late)
    queued.refresh_from_db()
    assert (queued.state, queued.reason, queued.lease_key) == (State.RUNNING, "", second.lease_key)


def test_a_run_that_lost_its_lease_at_the_last_moment_publishes_nothing(owner, kind, names):
    def run(job, out, tick):
        out.write_text("all")
        actions.sweep(now=timezone.now() + LONG)
        out.write_text("all")
        return "all.txt"

    job = actions.enqueue(kind(run), actor=owner, params={})
    runner.run_one(job.pk)
    job.refresh_from_db()
    assert job.state == State.QUEUED and names() == []


def test_renewing_keeps_the_lease(queued):
    now = timezone.now()
    job = actions.claim(queued.pk, now=now)
    assert actions.renew(job, done=1, total=2, now=now + LONG / 2)
    actions.sweep(now=now + LONG)
    queued.refresh_from_db()
    assert queued.state == State.RUNNING


def test_after_the_last_attempt_a_lost_job_has_failed(queued, settings):
    now = timezone.now()
    for _attempt in range(settings.JOB_MAX_ATTEMPTS):
        queued.refresh_from_db()
        assert queued.state == State.QUEUED
        assert actions.claim(queued.pk, now=now)
        now += LONG
        actions.sweep(now=now)
    queued.refresh_from_db()
    assert queued.state == State.FAILED and str(settings.JOB_MAX_ATTEMPTS) in queued.reason
    assert actions.claim(queued.pk, now=now) is None


def test_a_lost_database_leaves_the_job_to_the_sweep(owner, kind, names):
    def run(job, out, tick):
        out.write_text("half")
        raise OperationalError("server closed the connection")

    job = actions.enqueue(kind(run), actor=owner, params={})
    runner.run_one(job.pk)
    job.refresh_from_db()
    assert job.state == State.RUNNING and names() == []
    actions.sweep(now=timezone.now() + LONG)
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_a_killed_worker_leaves_no_part_and_the_job_is_run_again(owner, kind, names):
    class Killed(BaseException):
        pass

    def run(job, out, tick):
        files.part_of(job).write_text("half")
        raise Killed

    job = actions.enqueue(kind(run), actor=owner, params={"word": "再来"})
    with pytest.raises(Killed):
        runner.run_one(job.pk)
    (files.folder() / "0123.part").write_text("left by an earlier one")
    kind()
    Job.objects.update(lease_until=timezone.now() - LONG, created_at=timezone.now() - LONG)
    tasks.sweep()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)
    assert names() == [job.path]


def test_the_sweep_runs_what_no_message_reached_and_says_that_a_worker_lives(queued):
    tasks.sweep()
    queued.refresh_from_db()
    assert queued.state == State.QUEUED  # its message may still be on the way
    Job.objects.update(created_at=timezone.now() - timedelta(seconds=6))
    tasks.sweep()
    queued.refresh_from_db()
    assert queued.state == State.DONE
    assert timezone.now() - Heartbeat.objects.get().at < timedelta(seconds=10)


def test_an_outdated_file_is_removed_and_the_row_says_so(finished, names):
    actions.sweep(now=finished.expires_at - timedelta(seconds=1))
    assert names() == [finished.path]
    actions.sweep(now=finished.expires_at)
    finished.refresh_from_db()
    assert finished.state == State.EXPIRED and names() == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("台账", "台账.txt"),
        ("../../etc/passwd", "etcpasswd.txt"),
        ("a\r\nb\x00.txt", "ab.txt"),
        ("  ", "export.txt"),
        ("长" * 300, "长" * 100 + ".txt"),
    ],
)
def test_a_file_name_is_one_every_system_takes(name, shown):
    assert runner.presentable(name, ".txt") == shown
