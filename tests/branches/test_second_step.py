"""Two-step sign-in: compulsory for administrators, offered to all, told in the audit log, its secrets encrypted."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from branches.second_step.door import OPEN
from shell.middleware import OPEN as UNKNOWN
from tests.access.stage import Stage
from tests.branches.people import account, sign_in
from tests.test_access import GETS, POSTS
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
ADMINISTRATORS = ("system", "security", "audit")


@pytest.fixture(autouse=True)
def in_service(settings):
    settings.SECOND_STEP_COMPULSORY = True
    cache.clear()


def digits(secret, steps=0):
    """What the app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(username, **fields):
    """An account with an app, its secret and its recovery codes."""
    user = account(username, **fields)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret, RecoveryCodes.activate(user).get_unused_codes()


def inside(client):
    return client.get(reverse("session_list")).status_code == 200


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_sets_it_up_before_anything_else(client, role, django_capture_on_commit_callbacks):
    committing = django_capture_on_commit_callbacks
    account("keeper", admin_role=role)
    sign_in(client, "keeper")
    assert client.get("/").url == reverse("mfa_activate_totp")
    page = client.get("/", follow=True)
    assert reverse("mfa_activate_totp") == page.redirect_chain[-1][0]
    secret = page.context["form"].secret
    assert secret in page.content.decode() and "data:image/svg+xml" in page.content.decode()
    with committing(execute=True):  # allauth tells of it after the commit
        response = client.post(reverse("mfa_activate_totp"), {"code": digits(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    shown = client.get(response.url)
    codes = shown.context["unused_codes"]
    assert len(codes) == 10 and all(code in shown.content.decode() for code in codes)
    assert inside(client)
    assert kinds() == ["sign_in", "second_step_on"]


@pytest.mark.parametrize("visitor", ["sea", *(pytest.param(v, marks=pytest.mark.slow) for v in ("sys", "aud"))])
def test_no_page_but_the_open_ones_lets_him_through_before(db, visitor):
    stage = Stage()
    for line in (*GETS, *POSTS):
        method, name, label = line.words
        address = stage.address(name, label, visitor)
        if address is None or name in OPEN or address.startswith(UNKNOWN):  # under /open/ nobody is known
            continue
        response = stage.ask(visitor, method, address, stage.posted(name, label))
        assert (response.status_code, response.headers.get("Location")) == (302, reverse("mfa_activate_totp")), line


def test_in_the_demo_and_for_everybody_else_it_is_an_offer(client, settings):
    account("lin")
    sign_in(client, "lin")
    assert inside(client) and client.get(reverse("mfa_index")).status_code == 200
    settings.SECOND_STEP_COMPULSORY = False
    account("keeper", admin_role="security")
    other = Client()
    sign_in(other, "keeper")
    assert inside(other) and reverse("mfa_index") in other.get(reverse("session_list")).content.decode()


def test_the_demo_alone_does_not_compel():
    from django.conf import settings

    from config import settings as source

    assert source.SECOND_STEP_COMPULSORY is (not settings.DEMO)


def test_with_an_app_the_password_alone_opens_nothing(client):
    _user, secret, _codes = with_app("keeper", admin_role="security")
    response = sign_in(client, "keeper")
    assert response.url == reverse("mfa_authenticate") and not inside(client)
    assert "sign_in" not in kinds()
    response = client.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert response.url == reverse("dashboard") and inside(client)
    assert kinds() == ["sign_in"]


def test_a_code_serves_once(client):
    _user, secret, _codes = with_app("lin")
    code = digits(secret)
    for expected in (302, 200):
        browser = Client()
        sign_in(browser, "lin")
        assert browser.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_five_wrong_codes_lock_and_are_told(client):
    _user, secret, _codes = with_app("lin")
    sign_in(client, "lin")
    for _ in range(5):
        assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": digits(secret)}).status_code == 200
    assert not inside(client)
    assert kinds() == ["second_step_failed"] * 5


def test_a_recovery_code_replaces_the_app_once(client):
    _user, _secret, codes = with_app("lin")
    for expected in (302, 200):
        browser = Client()
        sign_in(browser, "lin")
        assert browser.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_an_administrator_cannot_switch_it_off_anybody_else_can(client):
    for name, role, left in (("keeper", "audit", 1), ("lin", "", 0)):
        user, secret, _codes = with_app(name, admin_role=role)
        browser = Client()
        sign_in(browser, name)
        browser.post(reverse("mfa_authenticate"), {"code": digits(secret)})
        browser.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=user, type="totp").count() == left
    assert kinds()[-1] == "second_step_off"


def test_new_recovery_codes_void_the_old_ones(client, django_capture_on_commit_callbacks):
    user, secret, codes = with_app("lin")
    sign_in(client, "lin")
    client.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("mfa_generate_recovery_codes")).url == reverse("mfa_view_recovery_codes")
    new = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(new) == 10 and not set(new) & set(codes)
    assert kinds()[-1] == "recovery_codes_made"


def test_long_after_the_sign_in_it_is_changed_with_the_password_or_the_app_again(client):
    user, secret, _codes = with_app("lin")
    client.force_login(user)  # a session that has not just proved itself
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response.status_code == 302 and response.url.startswith(reverse("account_reauthenticate"))
    page = client.get(response.url).content.decode()
    assert reverse("mfa_reauthenticate") in page
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    assert client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code == 200
    assert client.post(reverse("mfa_reauthenticate"), {"code": digits(secret)}).status_code == 302
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_a_slip_does_not_go_round_it(client, cast):
    from tests.branches.slips import opens, renew

    TOTP.activate(cast.member, generate_totp_secret())
    assert opens(client, renew(cast.people[4], cast.secretary))
    assert not inside(client) and client.get(reverse("mfa_authenticate")).status_code == 200


def test_secrets_are_encrypted_in_the_database(settings):
    user, secret, codes = with_app("lin")
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and not any(code in kept for code in codes)
    assert Authenticator.objects.get(user=user, type="totp").wrap().validate_code(digits(secret))


def test_who_has_lost_everything_starts_anew_by_the_hand_of_the_operator(client):
    with_app("keeper", admin_role="security")
    call_command("second_step_off", "Keeper")
    sign_in(client, "keeper")
    assert client.get("/").url == reverse("mfa_activate_totp")
    assert "second_step_off" in kinds()
    with pytest.raises(CommandError):
        call_command("second_step_off", "nobody")
