"""Whatever dies while a roster is being written: all of it is in the register afterwards, or none and the reason."""

import time

import pytest

from tests.drills.roster import Roster
from tests.drills.test_background import RECOVERY_SECONDS

pytestmark = pytest.mark.drill
MEMBERS = 15_000  # some seconds of writing


@pytest.fixture
def roster(tmp_path):
    def checked(village):
        roster = Roster(village, tmp_path, MEMBERS)
        roster.check()
        return roster

    return checked


def in_the_middle(village, roster):
    """The job reads its rows, then writes them: its key, a moment after the first rows were read."""
    job, _seconds = roster.confirm()
    village.until(lambda: village.job(job)[0] == "running" and village.job(job)[2] > 0, 60)
    time.sleep(2.5)
    return job


def over(village, job):
    village.until(lambda: village.job(job)[0] not in ("queued", "running"), RECOVERY_SECONDS)
    return village.job(job)


def test_a_worker_killed_while_it_writes_leaves_nothing_half_done(broker, start, roster):
    village = start("servers", meetings=0)
    sent = roster(village)
    job = in_the_middle(village, sent)
    village.kill("worker")
    assert sent.people() == sent.before or sent.is_whole()
    village.server.start("worker", village.server.commands["worker"])
    assert over(village, job)[0] == "done"
    assert sent.state() == "done" and sent.is_whole()


@pytest.mark.long
def test_the_whole_process_killed_while_it_writes_leaves_nothing_half_done(start, roster):
    village = start("embedded", meetings=0)
    sent = roster(village)
    job = in_the_middle(village, sent)
    village.kill("embedded")
    assert sent.people() == sent.before or sent.is_whole()
    village.server.start("embedded", village.server.commands["embedded"])
    village.server.wait_until_ready()
    assert over(village, job)[0] == "done"
    assert sent.state() == "done" and sent.is_whole()


@pytest.mark.long
def test_redis_gone_while_it_is_confirmed_costs_time_and_nothing_else(broker, start, roster):
    village = start("servers", meetings=0)
    sent = roster(village)
    limit = village.patience()
    broker.kill()
    job, seconds = sent.confirm()
    assert seconds < limit
    status, _page, seconds = village.get(f"/rosters/{sent.key}/", sent.username)
    assert (status, seconds < limit) == (200, True), (seconds, limit)
    broker.start()
    assert over(village, job)[0] == "done"
    assert sent.is_whole()


@pytest.mark.long
def test_redis_hanging_while_it_writes_holds_up_no_page(broker, start, roster):
    village = start("servers", meetings=0)
    sent = roster(village)
    limit = village.patience()
    job = in_the_middle(village, sent)
    broker.pause()
    for path in ("/", "/members/", f"/rosters/{sent.key}/"):
        status, _page, seconds = village.get(path, sent.username)
        assert (status, seconds < limit) == (200, True), (path, seconds, limit)
    broker.resume()
    assert over(village, job)[0] == "done"
    assert sent.is_whole()


@pytest.mark.long
def test_a_full_disk_writes_nobody_and_says_so(broker, start, small_disk, roster):
    village = start("servers", meetings=0)
    sent = roster(village)
    small_disk(village.server.data / "files" / "jobs")
    job, _seconds = sent.confirm()
    state, _attempts, _done, reason, _path = over(village, job)
    assert (state, "磁盘" in reason) == ("failed", True), reason
    assert sent.people() == sent.before
    assert "磁盘" in village.get(f"/rosters/{sent.key}/", sent.username)[1]
