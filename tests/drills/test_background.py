"""Whatever dies while a ledger is being written: the job ends whole or says why, and pages answer meanwhile."""

import pytest

from tests.drills.village import key_of

pytestmark = pytest.mark.drill
RECOVERY_SECONDS = 90
LEDGER = "/exports/meeting_ledger/"


def begin(village):
    """An export that is being written at this moment: its key."""
    limit = village.patience()
    address, seconds = village.post(LEDGER)
    assert seconds < limit
    key = key_of(address)
    village.until(lambda: village.job(key)[0] == "running" and village.job(key)[2] > 0, 30)
    return key


def finished_whole(village, key, attempts):
    """The job came to its end once: one file, all rows, nothing left beside it."""
    took = village.until(lambda: village.job(key)[0] not in ("queued", "running"), RECOVERY_SECONDS)
    state, tried, done, reason, path = village.job(key)
    (filed,) = village.rows("SELECT count(*) FROM meetings_meeting WHERE state IN ('submitted', 'filed')")[0]
    assert (state, tried, reason) == ("done", attempts, ""), village.server.logs()
    assert 12_000 < done <= filed
    village.until(lambda: village.files() == [path], 20)
    assert village.rows(
        f"SELECT count(*) FROM workflow_auditevent WHERE kind = 'job_done' AND note LIKE '%#{key}，%'"
    ) == [(1,)]
    return took


def test_a_worker_killed_in_mid_run_is_replaced_and_the_ledger_is_written_once(broker, start):
    village = start("servers")
    key = begin(village)
    village.kill("worker")
    assert village.get("/meetings/")[0] == 200
    village.server.start("worker", village.server.commands["worker"])
    finished_whole(village, key, attempts=2)


def test_the_whole_process_killed_and_started_again_writes_the_ledger_once(start):
    village = start("embedded")
    key = begin(village)
    village.kill("embedded")
    village.server.start("embedded", village.server.commands["embedded"])
    village.server.wait_until_ready()
    finished_whole(village, key, attempts=2)


def test_without_redis_an_export_is_owed_and_done_when_it_is_back(broker, start):
    village = start("servers")
    limit = village.patience()
    broker.kill()
    address, seconds = village.post(LEDGER)
    assert seconds < limit
    for path in ("/", "/meetings/", f"/jobs/{key_of(address)}/"):
        status, _body, seconds = village.get(path)
        assert (status, seconds < limit) == (200, True), (path, seconds, limit)
    assert village.job(key_of(address))[0] == "queued"
    broker.start()
    finished_whole(village, key_of(address), attempts=1)


@pytest.mark.long
def test_a_redis_that_hangs_holds_up_no_page_and_loses_no_job(broker, start):
    village = start("servers")
    limit = village.patience()
    key = begin(village)
    broker.pause()
    for path in ("/", "/meetings/", "/materials/", "/jobs/"):
        status, _body, seconds = village.get(path)
        assert (status, seconds < limit) == (200, True), (path, seconds, limit)
    broker.resume()
    finished_whole(village, key, attempts=1)


@pytest.mark.long
def test_a_full_disk_fails_the_job_with_words_and_leaves_no_part_of_a_file(broker, start, small_disk):
    village = start("servers", demo=True)
    small_disk(village.server.data / "files" / "jobs")
    address, _seconds = village.post(LEDGER)
    village.until(lambda: village.job(key_of(address))[0] == "failed", RECOVERY_SECONDS)
    assert "磁盘" in village.job(key_of(address))[3]
    assert village.files() == []
    assert "磁盘" in village.get(f"/jobs/{key_of(address)}/")[1]
