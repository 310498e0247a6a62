"""Whatever dies while a record is saved or handed in: it is there once or not at all, and the page says which."""

import threading
import time

import psycopg2
import pytest

from tests.drills.test_background import LEDGER, RECOVERY_SECONDS
from tests.drills.village import key_of

pytestmark = pytest.mark.drill
WHO = "secretary"
BRANCH = (
    "SELECT g.organisation_id FROM branches_grant g JOIN branches_user u ON u.id = g.user_id"
    f" WHERE u.username = '{WHO}' AND g.office = 'secretary'"
)
RECORD = {"started_at": "2026-03-03 09:00", "minutes": "WORDS", "minutes_original": "system", "save": "draft"}


def kept(village, theme):
    """How many records and how many of their entries in the history there are."""
    records = f"SELECT id FROM meetings_meeting WHERE theme = '{theme}'"
    told = (
        "SELECT count(*) FROM workflow_history WHERE subject_key IN"
        f" (SELECT 'meetings.meeting:' || id FROM ({records}) found)"
    )
    return len(village.rows(records)), village.rows(told)[0][0]


def works_on(village):
    """A worker that had lost the database still writes ledgers, each once and whole."""
    village.get("/meetings/")
    address, _seconds = village.post(LEDGER)
    village.until(lambda: village.job(key_of(address))[0] not in ("queued", "running"), RECOVERY_SECONDS)
    state, _attempts, _done, reason, path = village.job(key_of(address))
    assert (state, reason) == ("done", ""), village.server.logs()
    village.until(lambda: village.files() == [path], 20)


def test_postgresql_restarted_between_save_and_redirect_loses_and_doubles_nothing(broker, database, start):
    village = start("servers", meetings=0)
    ((branch,),) = village.rows(BRANCH)
    form = f"/meetings/new/?organisation={branch}&form=general_meeting"
    assert village.get(form, WHO)[0] == 200

    status, address = village.send(form, WHO, theme="SAVED", **RECORD)
    database.crash()
    assert status == 302
    database.start()
    status, page, _seconds = village.get(address, WHO)
    assert (status, "SAVED" in page, "WORDS" in page) == (200, True, True)
    assert kept(village, "SAVED") == (1, 1)
    works_on(village)


def test_postgresql_gone_before_the_commit_keeps_nothing_half_and_the_second_try_is_one(broker, database, start):
    village = start("servers", meetings=0)
    ((branch,),) = village.rows(BRANCH)
    form = f"/meetings/new/?organisation={branch}&form=general_meeting"
    village.get(form, WHO)
    lock = psycopg2.connect(village.server.environment["BRANCHLIFE_DATABASE_URL"])
    lock.cursor().execute("LOCK TABLE workflow_history IN EXCLUSIVE MODE")  # the record is written, its history waits
    answers = []
    request = threading.Thread(target=lambda: answers.append(village.send(form, WHO, theme="HALF", **RECORD)))
    request.start()
    time.sleep(2)
    assert not answers
    database.crash()
    request.join(30)
    database.start()
    assert [status for status, _address in answers] == [500]
    assert kept(village, "HALF") == (0, 0)

    status, address = village.send(form, WHO, theme="HALF", **RECORD)
    assert status == 302 and village.get(address, WHO)[0] == 200
    assert kept(village, "HALF") == (1, 1)
    works_on(village)


def test_without_redis_a_material_is_handed_in_once_and_nobody_waits(broker, start):
    village = start("servers", meetings=0)
    ((key,),) = village.rows(
        "SELECT m.id FROM appraisals_material m JOIN branches_user u ON u.member_id = m.author_id"
        " WHERE u.username = 'member' AND m.state = 'draft' ORDER BY m.id LIMIT 1"
    )
    page = f"/materials/{key}/edit/"
    assert village.get(page, "member")[0] == 200
    limit = village.patience()
    broker.kill()
    words = {"aspect_1": "FIRST", "revision": "0", "save": "submit", "confirmed": "yes"}
    before = time.monotonic()
    status, address = village.send(page, "member", **words)
    assert (status, time.monotonic() - before < limit) == (302, True)
    village.send(page, "member", **words)  # pressed once more
    assert "FIRST" in village.get(address, "member")[1]
    told = f"SELECT count(*) FROM workflow_history WHERE subject_key = 'appraisals.material:{key}' AND move = 'submit'"
    assert village.rows(f"SELECT count(*) FROM appraisals_version WHERE material_id = {key}") == [(1,)]
    assert village.rows(told) == [(1,)]
    broker.start()
    works_on(village)
