"""From the code to the box, through the handler that knows nobody."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import translation

from ballots import actions, keys, slips
from ballots.marks import lines_of
from ballots.models import Box, Poll, Slip
from ballots.sealing import opened as unsealed
from ballots.slips import Cast
from tests.ballots.hall import Phone, cast, marks_of, opened
from workflow.models import AuditEvent, History

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    return opened()


def fields(poll, *options):
    return {f"m{line.key}": option for line, option in zip(lines_of(poll), options, strict=True)}


def test_a_ballot_goes_from_the_code_over_reading_over_into_the_box(hall):
    poll, codes = hall
    phone, marks = Phone(), fields(poll, 1, 2, 2, 1)
    assert "测评表" in phone.step(codes[0]).content.decode()
    assert "投出" in phone.step(codes[0], "review", **marks).content.decode()
    assert Box.objects.count() == 0
    assert "已投入票箱" in phone.step(codes[0], "cast", **marks).content.decode()
    (box,) = Box.objects.all()
    assert unsealed(keys.kept(poll.public_key), poll.pk, bytes(box.body)) == b"\1\0\0\0\2\0\0\0\2\0\0\0\1\0\0\0"


def test_a_second_time_the_slip_says_it_is_in_the_box_and_no_more(hall):
    poll, codes = hall
    phone = Phone()
    phone.step(codes[0], "cast", **fields(poll, 1, 2, 2, 1))
    for act in ("open", "review", "cast"):
        answer = phone.step(codes[0], act, **fields(poll, 4, 4, 4, 4)).content.decode()
        assert "这张票已在票箱中" in answer
        assert "不合格" not in answer
    assert Box.objects.count() == 1


def test_a_misread_letter_is_understood_and_a_wrong_code_opens_nothing(hall):
    poll, codes = hall
    code = codes[0]
    typed = f" {code[:4].lower().replace('0', 'o').replace('1', 'l')}-{code[4:8]}  {code[8:]}"
    assert "测评表" in Phone().step(typed).content.decode()
    for wrong in ("", "x", code[:-1], code[:-1] + ("0" if code[-1] != "0" else "2"), "Z" * 13):
        answer = Phone().step(wrong)
        assert "不是正在进行" in answer.content.decode()
        assert answer.status_code == 200


def test_a_void_slip_is_as_good_as_none(hall):
    poll, codes = hall
    actions.void_slip(poll, codes[0])
    assert "不是正在进行" in Phone().step(codes[0]).content.decode()
    assert cast(codes[0], marks_of(poll, 0, 0, 0, 0)) == Cast.UNKNOWN


def test_before_the_box_is_open_the_slip_says_so_and_stays_good(hall):
    poll, codes = hall
    poll.is_open = False
    poll.save()
    assert "票箱尚未开放" in Phone().step(codes[0], "cast", **fields(poll, 1, 2, 2, 1)).content.decode()
    assert Slip.objects.filter(state="unused").count() == 5


def test_a_slip_found_while_the_box_was_open_is_good_for_nothing_once_it_is_not(hall):
    poll, codes = hall
    slip = slips.found(codes[0])
    Poll.objects.filter(pk=poll.pk).update(is_open=False)
    assert actions.cast(slip, marks_of(poll, 1, 2, 2, 1)) == Cast.NOT_OPEN
    assert not Box.objects.exists()
    Poll.objects.filter(pk=poll.pk).update(is_open=True)
    assert actions.cast(slip, marks_of(poll, 1, 2, 2, 1)) == Cast.TAKEN


def test_more_of_the_best_than_allowed_is_said_while_reading_over_and_not_taken(hall):
    poll, codes = hall
    phone, marks = Phone(), fields(poll, 1, 1, 2, 1)
    for act in ("review", "cast"):
        answer = phone.step(codes[0], act, **marks).content.decode()
        assert "2" in answer and "最多" in answer
        assert 'value="cast"' not in answer
    assert not Box.objects.exists()
    assert "已投入票箱" in phone.step(codes[0], "cast", **fields(poll, 1, 2, 2, 1)).content.decode()


def test_a_blank_ballot_is_legal(hall):
    poll, codes = hall
    assert "已投入票箱" in Phone().step(codes[0], "cast").content.decode()


def test_every_box_is_as_long_as_every_other(hall):
    poll, codes = hall
    for code, options in zip(
        codes, [(0, 0, 0, 0), (1, 2, 3, 4), (4, 4, 4, 4), (2, 0, 2, 0), (2, 2, 2, 1)], strict=True
    ):
        cast(code, marks_of(poll, *options))
    assert {len(bytes(box.body)) for box in Box.objects.all()} == {4 * 4 + 48}


def test_no_cookie_is_set_no_account_loaded_and_nothing_told(
    hall, client, django_user_model, django_assert_num_queries
):
    poll, codes = hall
    before = History.objects.count(), AuditEvent.objects.count(), Session.objects.count()
    phone = Phone()
    phone.cookies["sessionid"] = "somebody signed in"
    phone.step(codes[1])  # its lines are read once
    with django_assert_num_queries(5) as asked:  # the slip; a savepoint and its end; its use, the box
        answer = phone.step(codes[0], "cast", **fields(poll, 1, 2, 2, 1))
    assert "已投入票箱" in answer.content.decode()
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    told = " ".join(query["sql"] for query in asked.captured_queries)
    assert "branches_" not in told and "session" not in told and "workflow_" not in told
    assert before == (History.objects.count(), AuditEvent.objects.count(), Session.objects.count())


def test_the_page_is_chinese_whatever_the_thread_said_before(hall):
    poll, codes = hall
    for act in ("open", "review", "cast", "cast"):
        translation.activate("en")
        answer = Phone().step(codes[0], act, **fields(poll, 1, 2, 2, 1)).content.decode()
        assert translation.get_language() == "en"
        assert "这张票保密吗" in answer and "secret" not in answer.casefold().replace("/b/secrecy/", "")


def test_the_code_stands_in_no_address(hall):
    poll, codes = hall
    answer = Phone().get("/b/")
    assert codes[0] not in answer.content.decode()
    assert 'action="/b/"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/b/secrecy/", "/b/test/"])
def test_the_pages_beside_it_ask_for_nothing(path):
    assert Phone().get(path).status_code == 200


def test_what_is_not_here_and_what_goes_wrong_has_a_page(hall, monkeypatch):
    assert Phone().get("/b/elsewhere/").status_code == 404
    monkeypatch.setattr("ballots.slips.found", lambda code: 1 / 0)
    phone = Phone(raise_request_exception=False)
    phone.raise_request_exception = False
    answer = phone.step(hall[1][0])
    assert answer.status_code == 500
    assert "不会重复计票" in answer.content.decode()
