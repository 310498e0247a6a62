"""Where one is signed in: the list, ending a session, the limit, a changed password."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.sign_in.sessions import SESSIONS, device
from tests.branches.people import PASSWORD, account, sign_in
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
NEW = "another long one 43"


@pytest.fixture(autouse=True)
def no_failures_left():
    cache.clear()


def browsers(name, count):
    clients = [Client() for _ in range(count)]
    for client in clients:
        sign_in(client, name)
    return clients


def is_in(client):
    return client.get(reverse("session_list")).status_code == 200


def test_the_list_shows_ones_own_sessions_and_changes_nothing():
    lin, chen = account("lin"), account("chen")
    here, _elsewhere = browsers("lin", 2)
    browsers("chen", 1)
    Session.objects.filter(session_key=here.session.session_key).exists()
    before = list(UserSession.objects.order_by("pk").values())
    page = here.get(reverse("session_list")).content.decode()
    assert {row.user for row in SESSIONS.visible_to(lin)} == {lin}
    assert SESSIONS.visible_to(lin).count() == 2 and SESSIONS.visible_to(chen).count() == 1
    assert page.count("/end/") == 1  # not the one at hand
    assert list(UserSession.objects.order_by("pk").values()) == before


def test_a_session_that_ran_out_is_not_shown_and_stays_in_the_table():
    lin = account("lin")
    _here, old = browsers("lin", 2)
    Session.objects.filter(session_key=old.session.session_key).update(expire_date=timezone.now() - timedelta(hours=1))
    assert SESSIONS.visible_to(lin).count() == 1
    assert UserSession.objects.count() == 2


def test_ending_a_session_ends_it_at_once_and_is_told():
    lin = account("lin")
    here, elsewhere = browsers("lin", 2)
    row = SESSIONS.visible_to(lin).get(session_key=elsewhere.session.session_key)
    assert here.get(reverse("session_end", args=[row.pk])).status_code == 405
    assert here.post(reverse("session_end", args=[row.pk])).url == reverse("session_list")
    assert is_in(here) and not is_in(elsewhere)
    assert AuditEvent.objects.filter(kind="session_ended", actor_label=lin.name).count() == 1


def test_nobody_ends_the_session_of_another():
    account("lin")
    chen = account("chen")
    (here,), (other,) = browsers("lin", 1), browsers("chen", 1)
    row = SESSIONS.visible_to(chen).get()
    assert here.post(reverse("session_end", args=[row.pk])).status_code == 404
    assert is_in(other)


def test_past_the_limit_the_oldest_session_ends(settings):
    settings.MAX_SESSIONS_PER_USER = 3
    lin = account("lin")
    first, *others = browsers("lin", 4)
    assert not is_in(first)
    assert all(is_in(client) for client in others)
    assert UserSession.objects.filter(user=lin).count() == 3


def test_signing_out_forgets_the_session():
    account("lin")
    (here,) = browsers("lin", 1)
    here.post(reverse("account_logout"))
    assert not UserSession.objects.exists() and not Session.objects.exists()


def change(client, old=PASSWORD, new=NEW, again=NEW):
    data = {"oldpassword": old, "password1": new, "password2": again}
    return client.post(reverse("account_change_password"), data)


def test_a_changed_password_ends_the_other_sessions_and_is_told():
    lin = account("lin")
    here, elsewhere = browsers("lin", 2)
    key = here.session.session_key
    assert change(here).url == reverse("session_list")
    # Looked at before the other browser asks: Django itself would refuse it then, and only then.
    assert [row.session_key for row in SESSIONS.visible_to(lin)] == [here.session.session_key]
    assert is_in(here) and not is_in(elsewhere)
    assert here.session.session_key != key
    assert AuditEvent.objects.filter(kind="password_changed", actor_label=lin.name, address="127.0.0.1").count() == 1
    assert NEW not in str(list(AuditEvent.objects.values()))
    assert sign_in(Client(), "lin", NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("not the old one", NEW, NEW),
        (PASSWORD, NEW, "another one 44 44"),
        (PASSWORD, "short1", "short1"),
        (PASSWORD, "1234567890", "1234567890"),
        (PASSWORD, "linxiaolan.1998", "linxiaolan.1998"),
    ],
)
def test_a_password_that_will_not_do_is_refused(old, new, again):
    account("linxiaolan.1998")
    (here,) = browsers("linxiaolan.1998", 1)
    assert change(here, old, new, again).status_code == 200
    assert sign_in(Client(), "linxiaolan.1998").status_code == 302


def test_an_account_without_a_password_has_none_to_change(client):
    lin = account("lin")
    lin.set_unusable_password()
    lin.save()
    client.force_login(lin)
    assert client.get(reverse("account_change_password")).status_code == 403


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/109.0.0.0 Safari/537.36",
            "Chrome · Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/111 Mobile Safari/537.36 MicroMessenger/8.0", "WeChat · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
    ],
)
def test_a_browser_is_named_as_people_know_it(user_agent, expected):
    assert device(user_agent) == expected
