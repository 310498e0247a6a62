"""What people without an account read: the same for everybody, without a cookie, until the last day, and under a code."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Opinion
from appraisals.opinions import actions as opinions
from appraisals.opinions.channels import Channel
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.doors import actions as doors
from appraisals.opinions.receivers import receivers_of
from rectification.models import Problem, Publication
from tests.appraisals.opinions.rows import fresh
from tests.rectification.board import again, approved, moved, on, public
from tests.rectification.rows import problem
from workflow.actors import SYSTEM

CODE = "0123456789AB"
DAY = timedelta(1)


@pytest.fixture
def board(world):
    cache.clear()
    on(world)
    return world


def at(world):
    return reverse("board_public", args=[world.first.pk])


def test_only_what_society_may_read_stands_there_until_its_last_day(board, client):
    for audience in ("branch", "unit", "masses"):
        public(board, audience=audience)
    approved(board, audience="society")
    assert client.get(at(board)).status_code == 404
    row = public(board, audience="society", title="OPEN-TITLE", intro="FOREWORD")
    page = client.get(at(board)).content.decode()
    assert all(words in page for words in ("OPEN-TITLE", "FOREWORD", "PUBLIC-WORDS", "党支部", "First measure"))
    for person in (*board.people, board.clerk, board.secretary, board.officer):
        assert person.name not in page
    Publication.objects.filter(pk=row.pk).update(until=timezone.localdate() - DAY)
    assert "OPEN-TITLE" not in client.get(at(board)).content.decode()
    Publication.objects.filter(pk=row.pk).update(until=timezone.localdate())
    assert "OPEN-TITLE" in client.get(at(board)).content.decode()
    moved(again(row), "take_down", board.secretary)
    assert "OPEN-TITLE" not in client.get(at(board)).content.decode()


def test_an_address_that_was_printed_answers_when_nothing_is_public_any_more(board, client, django_assert_num_queries):
    ended, down = public(board, audience="society"), public(board, audience="masses")
    Publication.objects.filter(pk=ended.pk).update(until=timezone.localdate() - DAY)
    moved(down, "take_down", board.secretary)
    for address in (at(board), reverse("publication_public", args=[down.token])):
        with django_assert_num_queries(2):
            answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200 and not answer.cookies and "ETag" in answer
        assert all(words in page for words in (str(board.first), "目前没有公开的事项", reverse("ticket_public")))
        assert "TITLE" not in page and "PUBLIC-WORDS" not in page
    assert "max-age" in client.get(at(board))["Cache-Control"]


@pytest.mark.parametrize("state", ["draft", "proposed", "returned", "reviewed", "approved", "void"])
def test_an_address_under_which_nothing_ever_was_public_is_unheard_of(board, client, state):
    society, masses = approved(board, audience="society"), approved(board, audience="masses")
    Publication.objects.update(state=state)
    public(board, audience="unit")
    for address in (at(board), *(reverse("publication_public", args=[row.token]) for row in (society, masses))):
        assert client.get(address).status_code == 404


def test_what_was_made_void_meanwhile_is_shown_no_more(board, client):
    public(board, audience="society")
    assert "整改中" in client.get(at(board)).content.decode()
    Problem.objects.update(state="closed", closed_on=timezone.localdate(), verified_as="superior", evidence="E")
    assert "已改正" in client.get(at(board)).content.decode()
    Problem.objects.update(state="void")
    assert "PUBLIC-WORDS" not in client.get(at(board)).content.decode()


@pytest.mark.parametrize("who", ["", "secretary"])
def test_no_cookie_is_read_or_set_and_nobody_is_looked_up(board, client, django_assert_num_queries, who):
    token = public(board, audience="masses").token
    public(board, audience="society")
    if who:
        client.force_login(getattr(board, who))
    client.cookies["django_language"] = "en"
    for address in (at(board), reverse("publication_public", args=[token])):
        with django_assert_num_queries(2):
            answer = client.get(address)
        assert answer.status_code == 200 and not answer.cookies and "Vary" not in answer
        assert '<html lang="zh-hans">' in answer.content.decode()
    code = reverse("ticket_public")
    for answer in (client.get(code), client.post(code, {"code": CODE})):
        assert answer.status_code == 200 and not answer.cookies and "no-store" in answer["Cache-Control"]


def test_a_cache_may_keep_what_is_for_society_and_ask_whether_it_has_changed(board, client):
    row = public(board, audience="society")
    answer = client.get(at(board))
    held = dict(part.strip().partition("=")[::2] for part in answer["Cache-Control"].split(","))
    assert held.keys() == {"public", "max-age"} and 0 <= int(held["max-age"]) <= 300
    again_asked = client.get(at(board), headers={"If-None-Match": answer["ETag"]})
    assert (again_asked.status_code, again_asked.content) == (304, b"")
    Publication.objects.filter(pk=row.pk).update(title="Other words")
    assert client.get(at(board), headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_what_is_for_the_people_of_a_unit_has_an_address_nobody_guesses_and_no_cache_keeps(board, client):
    row = public(board, audience="masses")
    answer = client.get(reverse("publication_public", args=[row.token]))
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"} and answer["X-Robots-Tag"] == "noindex"
    assert client.get(reverse("publication_public", args=[public(board, audience="society").token])).status_code == 404
    client.force_login(board.member)
    assert row.token in client.get(row.get_absolute_url()).content.decode()


@pytest.fixture
def given(board):
    """An opinion of a stranger who took its code away, and the digest it went into."""
    page = doors.ask_for_page(board.round, board.first, board.round.due_on, actor=board.secretary)
    doors.move_page(page, "approve", actor=board.officer)
    doors.take_down(page, "unit", "RAW-WORDS", CODE, actor=SYSTEM)
    doors.move_page(page, "close", actor=fresh(board.secretary))
    return Opinion.objects.select_related("organisation").get(channel=Channel.PAGE)


def test_under_a_code_stands_what_came_of_the_opinion_once_it_is_public(board, given):
    stranger = Client(enforce_csrf_checks=True)
    ask = lambda code=CODE: stranger.post(reverse("ticket_public"), {"code": code}).content.decode()  # noqa: E731
    digest = digests.gather([given], "In other words", actor=fresh(board.secretary))
    row = problem(board, text="PUBLIC-WORDS", ref=f"appraisals.digest:{digest.pk}")
    for audience in ("branch", "unit"):
        public(board, rows=[row], audience=audience)
    assert "PUBLIC-WORDS" not in ask()
    shown = public(board, rows=[row], audience="masses")
    public(board, rows=[row], audience="society")
    public(board, audience="society", rows=[problem(board, text="OF-SOMEBODY-ELSE")])
    page = ask("0123-4567-89ab")
    assert (
        page.count("PUBLIC-WORDS") == 1
        and "整改中" in page
        and "OF-SOMEBODY-ELSE" not in page
        and "RAW-WORDS" not in page
    )
    assert "PUBLIC-WORDS" not in ask("0000-0000-0000")
    Publication.objects.exclude(pk=shown.pk).update(until=timezone.localdate() - DAY)
    Problem.objects.update(state="closed", closed_on=timezone.localdate(), verified_as="superior", evidence="E")
    assert "PUBLIC-WORDS" in ask() and "已改正" in ask()


def test_of_what_was_handed_over_nothing_is_told(board, given):
    row = problem(board, text="PUBLIC-WORDS", ref=f"appraisals.opinion:{given.pk}")
    public(board, rows=[row], audience="society")
    ask = lambda: Client().post(reverse("ticket_public"), {"code": CODE}).content.decode()  # noqa: E731
    assert "PUBLIC-WORDS" in ask()
    opinions.seal(given, receivers_of(given)[0], actor=fresh(board.secretary))
    assert "PUBLIC-WORDS" not in ask()
