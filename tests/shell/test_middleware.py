import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from shell.middleware import refuse_unreadable_text, vary_on_htmx


def reached(request):
    return HttpResponse("reached")


@pytest.mark.parametrize("path", ["/?q=%00", "/?a%00b=1", "/?q=fine&q=%00", "/a%00b/"])
def test_nul_in_an_address_is_refused(client, db, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("data", [{"note": "a\x00b"}, {"a\x00": "b"}])
def test_nul_in_a_form_is_refused_in_plain_words(rf, data):
    response = refuse_unreadable_text(reached)(rf.post("/", data))
    assert response.status_code == 400
    assert b"<h1" in response.content


def test_a_lone_surrogate_is_refused():
    request = RequestFactory().get("/")
    request.GET = MultiValueDict({"q": ["\ud800"]})
    assert refuse_unreadable_text(reached)(request).status_code == 400


@pytest.mark.parametrize("text", ["三会一课", "100%_", "<script>", "𠮷野", "a\r\nb\tc", "\ufffd"])
def test_what_can_be_stored_goes_through(rf, text):
    assert refuse_unreadable_text(reached)(rf.post("/", {"q": text})).content == b"reached"


def test_caches_are_told_that_htmx_gets_another_answer(rf):
    assert vary_on_htmx(reached)(rf.get("/"))["Vary"] == "HX-Request, HX-Target"
