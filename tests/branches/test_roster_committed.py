"""Imports in real transactions: the worker's own thread for its lease, two imports at once, and what is left after."""

import threading

import pytest
from celery import current_app
from django.db import connections

from branches.models import Member, RosterImport
from branches.roster import files
from branches.roster.actions import imports
from jobs import actions as jobs
from jobs import runner
from jobs.models import Job
from tests import cast as people
from tests.branches.rosters import again, checked, confirmed, sheet

NEW = [(6, "林岚", "女", "1985-06", "2008-07", "正式"), (7, "周明", "男", "1986", "2010", "正式")]


@pytest.fixture
def nobody_awake():
    """Messages lie in a broker that no worker reads: jobs wait until a test runs them."""
    kept = {name: current_app.conf[name] for name in ("broker_url", "task_always_eager")}
    current_app.conf.update(broker_url="memory://", task_always_eager=False)
    yield
    with current_app.connection_for_write() as connection:
        connection.SimpleQueue("celery").clear()  # the next test that reads messages wants its own
    current_app.conf.update(kept)


@pytest.fixture
def world(committed, nobody_awake, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return people.build()


@pytest.fixture
def file(tmp_path):
    return lambda: sheet(tmp_path / "x.xlsx", NEW)


def test_a_worker_writes_and_renews_its_lease_beside(world, file, monkeypatch):
    """The lease is renewed through a connection of its own while rows are read, through ours while they are written."""
    monkeypatch.setattr(runner, "TICK_SECONDS", 0.0)
    sent = confirmed(checked(file(), world.first, world.secretary), world.secretary)
    assert (sent.state, sent.job.state, Member.objects.filter(name="林岚").count()) == ("done", "done", 1)
    assert list(files.folder().iterdir()) == []


def test_a_job_cancelled_before_a_worker_takes_it_leaves_nothing(world, file):
    sent = checked(file(), world.first, world.secretary)
    imports.move(sent, "confirm", actor=world.secretary)
    job = again(sent).job
    jobs.cancel(job, actor=world.secretary)  # before the worker takes it
    runner.run_one(job.pk)
    assert again(sent).state == "writing" and not Member.objects.filter(name="林岚").exists()
    imports.move(again(sent), "recheck", actor=world.secretary)
    assert again(sent).state == "checking"


def test_two_imports_of_one_file_at_once_enter_nobody_twice(world, file):
    """Both were checked against the register without these people; both are confirmed; one of them is refused."""
    both = [checked(file(), world.first, world.secretary) for _n in range(2)]
    for sent in both:
        imports.move(sent, "confirm", actor=world.secretary)
    keys = [again(sent).job_id for sent in both]

    def work(key):
        try:
            runner.run_one(key)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Member.objects.filter(name="林岚").count() == 1
    assert sorted(Job.objects.filter(pk__in=keys).values_list("state", flat=True)) == ["done", "failed"]
    assert sorted(RosterImport.objects.values_list("state", flat=True)) == ["done", "writing"]
