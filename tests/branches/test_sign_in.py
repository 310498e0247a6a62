"""Signing in and out through the pages: what works, what is refused, what the audit log tells of it."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from branches.sign_in.adapter import AccountAdapter
from tests.branches.people import PASSWORD, account, sign_in
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_failures_left():
    cache.clear()


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", "actor_label", "address"))


def test_a_right_password_opens_the_site_and_is_told(client):
    account("lin", name="林晓岚")
    response = sign_in(client, "lin")
    assert response.status_code == 302 and response.url == reverse("dashboard")
    assert client.get(reverse("session_list")).status_code == 200
    assert events() == [("sign_in", "林晓岚", "127.0.0.1")]


def test_the_login_name_is_read_in_any_case_and_without_blanks(client):
    account("lin")
    assert sign_in(client, "  LIN ").status_code == 302


def test_the_session_gets_a_new_key_at_sign_in(client):
    account("lin")
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "1"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client, "lin")
    assert client.session.session_key != planted
    assert not client.session.exists(planted)


def test_the_session_ends_with_the_browser(client):
    account("lin")
    sign_in(client, "lin")
    assert client.cookies["sessionid"]["max-age"] == ""


def test_an_unknown_name_and_a_wrong_password_look_alike(client):
    account("known.name")
    pages = []
    for name in ("known.name", "unknown.name"):
        page = sign_in(client, name, "wrong password").content.decode().replace(f'"{name}"', '""')
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]
    assert str(AccountAdapter.error_messages["username_password_mismatch"]) in pages[0]


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(client, monkeypatch):
    account("lin")
    account("empty").set_unusable_password()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    costs = {}
    for name in ("lin", "empty", "nobody"):
        hashed.clear()
        sign_in(client, name, "wrong password")
        costs[name] = len(hashed)
    assert costs == {"lin": 1, "empty": 1, "nobody": 1}


def test_a_failure_is_told_with_what_was_typed_and_never_the_password(client):
    account("lin")
    sign_in(client, "lin", "my secret words")
    sign_in(client, "x" * 40, "my secret words")
    assert events() == [("sign_in_failed", "lin", "127.0.0.1"), ("sign_in_failed", "x" * 40, "127.0.0.1")]
    assert "my secret words" not in str(list(AuditEvent.objects.values()))


def test_a_closed_account_is_refused_with_a_reason_only_its_owner_sees(client):
    lin = account("lin", is_active=False)
    words = str(AccountAdapter.error_messages["account_inactive"])
    assert words in sign_in(client, "lin").content.decode()
    assert words not in sign_in(client, "lin", "wrong").content.decode()
    assert [event[:2] for event in events()] == [("sign_in_refused", lin.name), ("sign_in_failed", "lin")]
    assert client.get(reverse("session_list")).status_code == 302


def test_an_account_closed_meanwhile_is_out_on_the_next_request(client):
    lin = account("lin")
    sign_in(client, "lin")
    assert client.get(reverse("session_list")).status_code == 200
    type(lin).objects.filter(pk=lin.pk).update(is_active=False)
    assert client.get(reverse("session_list")).status_code == 302


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_next_never_leads_to_another_host(client, target):
    account("lin")
    data = {"login": "lin", "password": PASSWORD, "next": target}
    assert client.post(reverse("account_login"), data).url == reverse("dashboard")


def test_next_leads_to_the_page_that_was_asked_for(client):
    account("lin")
    asked = client.get(reverse("session_list")).url
    assert client.post(asked, {"login": "lin", "password": PASSWORD}).url == reverse("session_list")


def test_signing_out_asks_on_get_and_acts_on_post(client):
    account("lin")
    sign_in(client, "lin")
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("session_list")).status_code == 200
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert client.get(reverse("session_list")).status_code == 302
    assert [kind for kind, *_ in events()] == ["sign_in", "sign_out"]


@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_change_password"])
def test_only_get_and_post_are_answered(client, name):
    client.force_login(account("lin"))
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(reverse(name)).status_code == 405


@pytest.mark.parametrize("header", [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}])
def test_allauth_answers_in_html_only(client, header):
    account("lin")
    response = client.post(reverse("account_login"), {"login": "lin", "password": "wrong password"}, headers=header)
    assert response["Content-Type"].startswith("text/html")


def test_without_a_token_from_our_page_nobody_signs_in(client):
    account("lin")
    assert sign_in(Client(enforce_csrf_checks=True), "lin").status_code == 403


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_set_password", "usersessions_list"]
)
def test_what_we_do_not_offer_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_of_allauth_only_these_pages_exist(client):
    mounted = {
        entry.name
        for module in get_resolver().url_patterns
        for entry in getattr(module, "url_patterns", [])
        if (getattr(entry, "name", None) or "").startswith(("account_", "mfa_", "usersessions_", "socialaccount_"))
    }
    assert mounted == {
        "account_login", "account_logout", "account_change_password", "account_reauthenticate", "mfa_index",
        "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }  # fmt: skip
    client.force_login(account("lin"))
    for path in ("/accounts/", "/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"):
        assert client.get(path).status_code == 404
