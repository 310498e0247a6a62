"""The page open to strangers: closed by default, keeps nothing that could tell who wrote, equal without a code."""

import logging
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from appraisals.models import Opinion, OpinionPage, OpinionText, OpinionTicket
from appraisals.opinions import actions as opinions
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.doors import actions, strangers
from appraisals.opinions.receivers import receivers_of
from figures.models import Summary
from tests.appraisals.opinions.rows import fresh
from tests.cached import cached
from workflow.actors import SYSTEM
from workflow.models import AuditEvent, History

PLACE = "203.0.113.77"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def page(world):
    cache.clear()
    row = actions.ask_for_page(world.round, world.first, world.round.due_on, actor=world.secretary)
    actions.move_page(row, "approve", actor=world.officer)
    return row


@pytest.fixture
def stranger():
    return Client(REMOTE_ADDR=PLACE, headers={"User-Agent": "SOME-BROWSER", "Referer": "http://somewhere.example/"})


def address(page):
    return reverse("opinion_public", args=[page.token])


def write(stranger, page, target="committee", text="FROM-OUTSIDE"):
    return stranger.post(address(page), {"target": target, "text": text, "act": "write"})


def test_there_is_no_page_before_the_superior_has_approved_one(world, client):
    row = actions.ask_for_page(world.round, world.first, world.round.due_on, actor=world.secretary)
    assert client.get(address(row)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.move_page(row, "approve", actor=fresh(world.secretary))
    actions.move_page(row, "approve", actor=world.officer)
    assert client.get(address(row)).status_code == 200


@pytest.mark.parametrize("why", ["day", "state", "round"])
def test_it_ends_with_its_last_day_its_state_and_its_round(page, world, client, why):
    rows = OpinionPage.objects.filter(pk=page.pk)
    if why == "day":
        rows.update(until=world.round.roster_on - timedelta(1))
    elif why == "state":
        actions.move_page(page, "close", actor=fresh(world.secretary))
    else:
        type(world.round).objects.update(state="closed")
    assert client.get(address(page)).status_code == 404
    assert write(client, page).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.take_down(page, "unit", "Words", "CODE", actor=SYSTEM)
    assert not Opinion.objects.exists()


def test_whoever_asked_for_it_does_not_approve_it(world):
    row = actions.ask_for_page(world.round, world.first, world.round.due_on, actor=world.officer)
    with pytest.raises(PermissionDenied):
        actions.move_page(row, "approve", actor=world.officer)


def test_what_is_written_is_kept_and_nothing_of_who_wrote(page, stranger, caplog):
    caplog.set_level(logging.DEBUG)
    before = History.objects.count(), AuditEvent.objects.count()
    stranger.get(address(page))
    response = write(stranger, page)
    assert response.status_code == 200
    row = Opinion.objects.get()
    assert (row.channel, row.target, row.read_by, row.concerns, row.count) == ("page", "committee", "above", None, 1)
    assert OpinionText.objects.get().text == "FROM-OUTSIDE"
    assert Summary.objects.get(organisation=row.organisation, round_key=row.round_id).n24 == 1
    assert (History.objects.count(), AuditEvent.objects.count()) == before  # no minute is kept
    (code,) = CODE.findall(response.content.decode())
    kept = [str(value) for model in apps.get_models() for line in model._base_manager.values_list() for value in line]
    kept += map(str, cached())
    for word in (PLACE, "SOME-BROWSER", "somewhere.example", code, code.replace("-", "")):
        assert word not in caplog.text
        assert not [value for value in kept if word in value], word
    assert "FROM-OUTSIDE" not in caplog.text


def test_it_sets_no_cookie_but_the_one_against_forgery_and_sends_nobody_on(page, stranger):
    for response in (stranger.get(address(page)), write(stranger, page)):
        assert set(response.cookies) <= {settings.CSRF_COOKIE_NAME}
        assert response["Referrer-Policy"] == "same-origin"  # with no-referrer browsers post from Origin: null
        assert "no-store" in response["Cache-Control"]
    assert set(stranger.cookies) <= {settings.CSRF_COOKIE_NAME}
    assert "12380" in stranger.get(address(page)).content.decode()


def test_the_form_is_let_in_as_a_browser_sends_it_and_refused_without_its_token(page):
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    assert write(browser, page, "unit").status_code == 403
    shown = browser.get(address(page)).content.decode()
    (token, *_same) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)
    sent = {"target": "unit", "text": "Let in", "act": "write", "csrfmiddlewaretoken": token}
    assert browser.post(address(page), sent).status_code == 200
    assert OpinionText.objects.get().text == "Let in"


def test_a_signed_in_person_leaves_no_name_either(page, world, client):
    client.force_login(world.member)
    response = write(client, page, "unit")
    assert world.member.name not in response.content.decode()
    assert not History.objects.filter(actor_key=world.member.actor_key, subject_key__contains="opinion").exists()


def test_the_code_leads_to_the_answer_once_it_is_approved_and_published(page, stranger, world):
    (code,) = CODE.findall(write(stranger, page, "unit").content.decode())
    ask = lambda typed: stranger.post(address(page), {"code": typed, "act": "ask"}).content.decode()  # noqa: E731
    assert "尚待整理" in ask(code)
    row = Opinion.objects.select_related("organisation").get()
    secretary = fresh(world.secretary)
    digest = digests.gather([row], "In other words", actor=secretary)
    digests.move(digest, "feed_back", actor=secretary)
    answer = actions.propose_answer(digest, "THE-ANSWER", actor=secretary)
    assert "THE-ANSWER" not in ask(code)
    actions.move_answer(answer, "approve", actor=world.officer)
    assert "THE-ANSWER" in ask(code.lower().replace("-", " "))
    assert "THE-ANSWER" not in ask("0000-0000-0000")
    assert "In other words" not in ask(code)


def test_what_was_handed_over_is_never_answered(page, stranger, world):
    (code,) = CODE.findall(write(stranger, page, "unit").content.decode())
    row = Opinion.objects.select_related("organisation").get()
    opinions.seal(row, receivers_of(row)[0], actor=fresh(world.secretary))
    assert strangers.told_under(code) == {"answer": None, "is_in_hand": True, "outcomes": []}


def test_a_code_is_kept_as_a_keyed_hash(page, stranger):
    (code,) = CODE.findall(write(stranger, page, "unit").content.decode())
    assert len(OpinionTicket.objects.get().code) == 64
    assert not OpinionTicket.objects.visible_to(None).exists()
    assert strangers.told_under(code)["answer"] is None


def test_too_many_from_one_place_wait_and_the_count_remembers_nobody(page, stranger, monkeypatch):
    monkeypatch.setattr(strangers, "MOST", 2)
    codes = [write(stranger, page, "unit").status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    assert write(Client(REMOTE_ADDR="198.51.100.9"), page, "unit").status_code == 200
    assert PLACE not in str(cached())
    cache.delete(strangers.KEY)  # as after a quarter of an hour: what was counted belongs to nobody any more
    assert write(stranger, page, "unit").status_code == 200


def test_bad_input_is_told_and_keeps_the_words(page, stranger):
    response = write(stranger, page, "", "STILL-HERE")
    assert response.status_code == 200 and "STILL-HERE" in response.content.decode()
    assert not Opinion.objects.exists()
