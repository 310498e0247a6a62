import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from shell import views


def test_an_unknown_address_says_so(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert b"<h1" in response.content


def test_a_refusal_gives_its_reason_escaped(rf):
    response = views.permission_denied(rf.get("/"), PermissionDenied("Only <the secretary> submits."))
    assert response.status_code == 403
    assert "Only &lt;the secretary&gt; submits." in response.content.decode()


@pytest.mark.parametrize(("method", "name", "status"), [("get", "meeting_detail", 404), ("post", "round_create", 403)])
def test_whoever_is_signed_in_keeps_his_menu(cast, client, method, name, status):
    client.force_login(cast.member)
    page = getattr(client, method)(reverse(name, args=[999_999] if name == "meeting_detail" else []))
    html = page.content.decode()
    assert page.status_code == status
    assert f'href="{reverse("meeting_list")}"' in html and cast.county.name in html
    assert reverse("account_logout") in html and html.count("<h1") == 1


def test_what_one_may_not_see_looks_like_what_is_not_there(world, client):
    client.force_login(world.sibling)
    hidden, absent = (
        re.sub(r'value="\w{64}"', "", client.get(reverse("meeting_detail", args=[key])).content.decode())
        for key in (world.meeting.pk, 999_999)
    )
    assert hidden.replace(str(world.meeting.pk), "999999") == absent.replace(str(world.meeting.pk), "999999")


@pytest.mark.parametrize("path", ["/nowhere/", "/favicon.ico"])
def test_without_a_sign_in_there_is_no_menu(client, db, path):
    html = client.get(path).content.decode()
    assert 'class="bare"' in html and 'id="menu"' not in html


def test_an_administrator_at_the_door_sees_no_menu(cast, client, settings):
    client.force_login(cast.auditor)
    assert reverse("audit_list") in client.get("/nowhere/").content.decode()
    settings.SECOND_STEP_COMPULSORY = True
    html = client.get("/nowhere/").content.decode()
    assert 'class="bare"' in html and reverse("audit_list") not in html


def test_a_page_that_has_expired_keeps_the_menu(cast, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(cast.member)
    page = client.post(reverse("set_language"), {"language": "en"})
    assert page.status_code == 403 and reverse("meeting_list") in page.content.decode()


def test_our_own_fault_has_a_number_that_stands_in_the_log(rf, caplog):
    try:
        raise RuntimeError("secret detail")
    except RuntimeError:
        response = views.server_error(rf.get("/meetings/"))
    html = response.content.decode()
    number = re.search(r'class="incident">(\w+)<', html).group(1)
    assert response.status_code == 500
    assert "secret detail" not in html
    assert number in caplog.text
    assert "secret detail" in caplog.text


def test_a_fault_page_asks_no_database(rf, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        views.server_error(rf.get("/"))


def test_an_expired_page_tells_what_to_do(db, client):
    client.handler.enforce_csrf_checks = True
    response = client.post(reverse("set_language"), {"language": "en"})
    assert response.status_code == 403
    assert b"<h1" in response.content


def test_a_browser_that_claims_english_is_answered_in_chinese(client, db):
    answer = client.get(reverse("account_login"), headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "zh-hans"


def test_the_language_can_be_chosen_before_sign_in(client, db):
    response = client.post(reverse("set_language"), {"language": "en", "next": reverse("account_login")})
    assert response.url == reverse("account_login")
    assert client.get(response.url).headers["Content-Language"] == "en"


def test_the_sign_in_page_says_that_paper_will_do(client, db):
    client.cookies["django_language"] = "en"
    html = client.get(reverse("account_login")).content.decode()
    assert "can also be done on paper" in html
    assert 'name="renderer" content="webkit"' in html
    assert "<script>" not in html
    assert " style=" not in html


def test_an_address_that_only_takes_what_is_sent_tells_its_reader_what_to_do(cast, client):
    client.force_login(cast.member)
    page = client.get(reverse("phone_tell"))
    html = page.content.decode()
    assert (page.status_code, page["Allow"]) == (405, "POST") and html.count("<h1") == 1
    assert f'href="{reverse("meeting_list")}"' in html  # the menu leads on
    assert client.delete(reverse("meeting_list")).content == b""  # no browser: nobody reads a page
