import re

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
