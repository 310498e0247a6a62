"""Five wrong passwords per login name and place; nobody else pays for them. Pins our override of allauth's key."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
import time_machine
from django.conf import settings as configured
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.headcounts import head_counts
from branches.models import User
from branches.sign_in.limits import ImpatientRedis
from tests.branches.people import account, sign_in
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
OFFICE, HOME = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def no_failures_left():
    answering = caches["default"]  # held: after a test that put a dead server there, the name still means that one
    answering.clear()
    yield
    answering.clear()
    ImpatientRedis.silent_until = 0.0


def fail(client, name="lin", place=OFFICE, times=5):
    for _ in range(times):
        response = sign_in(client, name, "wrong password", REMOTE_ADDR=place)
    return response


def test_the_figures_are_the_settled_ones():
    assert configured.ACCOUNT_RATE_LIMITS == {
        "login": "1200/m/ip", "login_failed": "5/15m/key", "code_failed": "5/15m/key",
        "calendar_feed": "600/15m/key",
    }  # fmt: skip


def test_the_fifth_failure_says_how_long_to_wait(client):
    account("lin")
    assert fail(client, times=4).status_code == 200
    response = fail(client, times=1)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "15" in response.content.decode()


def test_an_address_that_knocks_without_end_gets_the_429_page_and_may_still_read(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": "5/15m/key"}
    account("lin")
    fail(client, times=2)
    assert sign_in(client, "lin", REMOTE_ADDR=OFFICE).status_code == 429
    assert sign_in(client, "lin", REMOTE_ADDR=HOME).status_code == 302
    assert Client().get(reverse("account_login"), REMOTE_ADDR=OFFICE).status_code == 200


def test_then_even_the_right_password_must_wait(client):
    account("lin")
    fail(client)
    response = sign_in(client, "lin", REMOTE_ADDR=OFFICE)
    assert response.status_code == 429
    assert client.get(reverse("session_list")).status_code == 302


def test_the_wait_grows_shorter_and_ends(client):
    account("lin")
    with time_machine.travel("2026-03-02 09:00+08:00", tick=False) as clock:
        fail(client)
        clock.shift(5 * 60)
        assert sign_in(client, "lin", REMOTE_ADDR=OFFICE)["Retry-After"] == "600"
        clock.shift(10 * 60 + 1)
        assert sign_in(client, "lin", REMOTE_ADDR=OFFICE).status_code == 302


def test_an_unknown_name_is_locked_alike(client):
    account("lin")
    known, unknown = fail(client, "lin"), fail(client, "nobody")
    assert (known.status_code, known["Retry-After"]) == (unknown.status_code, unknown["Retry-After"])


def test_a_colleague_behind_the_same_address_is_not_locked(client):
    account("lin")
    account("chen")
    fail(client, "lin")
    assert sign_in(client, "chen", REMOTE_ADDR=OFFICE).status_code == 302


def test_the_same_person_elsewhere_is_not_locked(client):
    account("lin")
    fail(client, "lin")
    assert sign_in(client, "lin", REMOTE_ADDR=HOME).status_code == 302


def test_case_and_blanks_do_not_open_a_second_count(client):
    account("lin")
    for name in ("lin", "LIN", " lin", "Lin ", "lIN"):
        response = fail(client, name, times=1)
    assert response.status_code == 429


def test_an_ipv6_visitor_cannot_walk_through_the_addresses_of_his_network(client):
    account("lin")
    for last in range(1, 6):
        response = fail(client, place=f"2001:db8:1:2::{last}", times=1)
    assert response.status_code == 429
    assert sign_in(client, "lin", REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_a_forged_address_changes_nothing(client):
    account("lin")
    for last in range(1, 6):
        response = sign_in(client, "lin", "wrong password", HTTP_X_FORWARDED_FOR=f"203.0.113.{last}")
    assert response.status_code == 429


def test_success_is_not_counted(client):
    account("lin")
    for _ in range(7):
        assert sign_in(Client(), "lin").status_code == 302
    assert fail(Client(), times=4).status_code == 200


def test_the_audit_log_holds_the_failures_and_not_the_knocking_after(client):
    account("lin")
    fail(client, times=9)
    assert AuditEvent.objects.filter(kind="sign_in_failed").count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_forty_wrong_passwords_at_once_five_are_checked(monkeypatch):
    account("lin")
    checked = []
    check = User.check_password
    monkeypatch.setattr(User, "check_password", lambda *args: checked.append(1) or check(*args))
    # SQLite clears the tables after this test row by row, which an append-only table refuses.
    monkeypatch.setattr("branches.actions.sign_in.audit", lambda *args, **told: None)

    def attempt(number):
        try:
            return fail(Client(), times=1).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(attempt, range(40)))
    assert len(checked) == 5
    assert codes.count(429) >= 35


# --- a cache that does not answer -------------------------------------------------------------------------------------
@pytest.fixture
def silent_redis(settings):
    """A server that accepts connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        port = server.getsockname()[1]
        settings.CACHES = {
            "default": {
                "BACKEND": "branches.sign_in.limits.ImpatientRedis",
                "LOCATION": f"redis://127.0.0.1:{port}/0",
                "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
            }
        }
        yield caches["default"]


def timed(ask, asked):
    """`ask`, noting in `asked` how long each call takes."""

    def wrapped(*args):
        before = time.monotonic()
        try:
            return ask(*args)
        finally:
            asked.append(time.monotonic() - before)

    return wrapped


def test_a_silent_cache_is_asked_once_for_half_a_second_and_lets_through(client, silent_redis, monkeypatch):
    account("lin")
    with pytest.raises(redis.TimeoutError):  # the library is loaded, and the server is silent indeed
        super(ImpatientRedis, silent_redis).get("x")
    asked = []
    for name in ("add", "get", "set", "delete"):
        monkeypatch.setattr(RedisCache, name, timed(getattr(RedisCache, name), asked))
    assert sign_in(client, "lin").status_code == 302
    assert fail(Client(), times=6).status_code == 200
    assert len(asked) == 1 and asked[0] < 0.5 + 0.2


def test_a_cache_that_refuses_connections_lets_through(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "branches.sign_in.limits.ImpatientRedis", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    account("lin")
    assert sign_in(client, "lin").status_code == 302


def test_after_a_while_the_cache_is_asked_again(silent_redis, monkeypatch):
    asked = []
    monkeypatch.setattr(RedisCache, "get", lambda *args: asked.append(1) or "answer")
    ImpatientRedis.silent_until = time.monotonic() + 60
    assert silent_redis.get("x", "default") == "default"
    ImpatientRedis.silent_until = time.monotonic() - 1
    assert silent_redis.get("x", "default") == "answer"
    assert len(asked) == 1


def test_a_silent_cache_knows_nothing_of_many(silent_redis):
    assert silent_redis.get_many(["x", "y"]) == {}
    ImpatientRedis.silent_until = 0.0
    assert silent_redis.set_many({"x": 1}) == []
    ImpatientRedis.silent_until = 0.0
    assert head_counts(["0001"], timezone.localdate(), lambda paths: [("0001", 30_000)]) == {"0001": 30_000}
    assert head_counts([], timezone.localdate(), lambda paths: []) == {}
