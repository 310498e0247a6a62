"""Pages of jobs: one's own, and nobody else's."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs import actions, files
from jobs.models import Job
from jobs.states import State
from workflow.models import AuditEvent

PAGES = ["job_list", "job_detail", "job_download"]


@pytest.fixture
def mine(client, owner):
    client.force_login(owner)
    return client


def address(name, job):
    return reverse(name, args=[] if name == "job_list" else [job.pk])


def test_the_list_shows_own_jobs_only(mine, stranger, finished, kind):
    actions.enqueue(kind(name="other", label="别人的任务"), actor=stranger, params={"word": ""})
    page = mine.get(reverse("job_list")).content.decode()
    assert "问候" in page and "别人的任务" not in page
    assert address("job_download", finished) in page


@pytest.mark.parametrize("name", ["job_detail", "job_download"])
def test_a_stranger_finds_nothing(client, stranger, finished, name):
    client.force_login(stranger)
    assert client.get(address(name, finished)).status_code == 404
    assert client.post(address("job_cancel", finished)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_without_signing_in_one_is_sent_there(client, finished, name):
    assert client.get(address(name, finished)).status_code == 302


def test_wrong_methods_are_refused(mine, finished):
    assert mine.get(address("job_cancel", finished)).status_code == 405
    assert all(mine.post(address(name, finished)).status_code == 405 for name in PAGES)


def test_an_open_job_asks_for_itself_again_and_an_ended_one_does_not(mine, queued):
    page = mine.get(queued.get_absolute_url()).content.decode()
    assert f'hx-get="{queued.get_absolute_url()}"' in page and "<html" in page
    part = mine.get(queued.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "job-progress"})
    assert part.content.decode().lstrip().startswith("<section") and "hx-get" in part.content.decode()
    actions.cancel(queued, actor=queued.owner)
    assert "every 2s" not in mine.get(queued.get_absolute_url()).content.decode()


def test_the_reason_of_a_failure_is_shown(mine, queued):
    job = actions.claim(queued.pk, now=timezone.now())
    actions.fail(job, reason="磁盘已满 <b>", now=timezone.now())
    assert "磁盘已满 &lt;b&gt;" in mine.get(queued.get_absolute_url()).content.decode()


def test_cancelling(mine, queued):
    assert mine.post(address("job_cancel", queued)).url == queued.get_absolute_url()
    queued.refresh_from_db()
    assert queued.state == State.CANCELLED
    again = mine.post(address("job_cancel", queued), follow=True)
    assert 'role="status"' in again.content.decode() and again.status_code == 200


def test_the_file_comes_as_an_attachment_that_runs_nowhere_and_is_told(mine, owner, finished):
    response = mine.get(address("job_download", finished))
    assert b"".join(response.streaming_content).decode() == "您好,周明:开会"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('问候.txt')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    event = AuditEvent._base_manager.latest("pk")
    assert (event.kind, event.actor_key) == ("job_downloaded", owner.actor_key) and "问候.txt" in event.note
    assert event.address == "127.0.0.1"


def test_reading_writes_nothing_but_the_audit_row(mine, finished):
    for name in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            mine.get(address(name, finished))
        writes = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
        assert [sql for sql in writes if "workflow_auditevent" not in sql and "session" not in sql] == []


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.FAILED, State.CANCELLED, State.EXPIRED])
def test_a_job_without_a_finished_file_has_nothing_to_download(mine, finished, state):
    Job.objects.update(state=state, lease_until=timezone.now())
    assert mine.get(address("job_download", finished)).status_code == 404


def test_a_file_whose_time_is_over_is_gone_before_the_sweep_comes(mine, finished):
    Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert mine.get(address("job_download", finished)).status_code == 404


def test_a_file_that_is_missing_on_the_disk_is_not_an_error_page(mine, finished):
    (files.folder() / finished.path).unlink()
    assert mine.get(address("job_download", finished)).status_code == 404
    assert not AuditEvent._base_manager.filter(kind="job_downloaded").exists()


def test_the_list_costs_the_same_with_many_rows(mine, owner, queued):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            mine.get(reverse("job_list"))
        return len(captured)

    mine.get(reverse("job_list"))
    few = queries()
    Job.objects.bulk_create(Job(kind="greeting", owner=owner) for _ in range(40))
    assert queries() == few
