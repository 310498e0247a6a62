"""The first page: what is to be done, numbers that open their rows, and nothing for an administrator's eyes."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reminders.actions import notices as actions
from reports import views
from shell import menu
from tests.cast import account
from tests.reminders.work import DUE, TODAY, Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast):
    return Work(cast)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY} 09:00+08:00", tick=False):
        yield


def page(client, user, language="en"):
    client.force_login(user)
    client.cookies["django_language"] = language
    response = client.get("/")
    assert response.status_code == 200
    return response


def kinds(response):
    return {section.todo.code: section.count for section in response.context["sections"]}


def figures(response):
    return [figure for _, group in response.context["unfinished"] for figure in group]


def test_a_member_sees_what_he_owes_and_by_when_and_no_figures(client, work):
    material = work.material(work.member)
    work.meetings(2, "submitted")
    response = page(client, work.member)
    assert kinds(response) == {"material_write": 1}
    assert response.context["unfinished"] == []
    html = response.content.decode()
    assert material.get_absolute_url() in html
    assert "2021-03-12" in html


def test_a_secretary_sees_what_waits_for_him_and_what_his_branch_has_not_finished(client, work):
    work.material(work.member, state="submitted")
    work.meetings(3, "draft")
    work.meetings(1, "draft", work.sibling)
    response = page(client, work.secretary)
    assert kinds(response) == {"material_review": 1, "meeting_finish": 3}
    assert {(str(f.label), f.number) for f in figures(response)} >= {("Draft", 3), ("Awaiting review", 1)}


def test_an_officer_sees_what_waits_for_acceptance_below(client, work):
    work.meetings(2, "submitted")
    work.meetings(1, "submitted", work.sibling)
    assert kinds(page(client, work.officer)) == {"meeting_accept": 3}


def test_a_stranger_sees_an_empty_page_with_a_friendly_word(client, work):
    work.material(work.member)
    response = page(client, work.idle)
    assert response.context["sections"] == []
    assert "Nothing waits for you." in response.content.decode()


@pytest.mark.parametrize("who", ["member", "secretary", "officer", "idle"])
def test_every_number_opens_exactly_its_rows(client, work, who):
    for state, number in {"draft": 2, "submitted": 3, "returned": 1, "filed": 4}.items():
        work.meetings(number, state)
    work.meetings(2, "submitted", work.sibling)
    work.material(work.member)
    work.material(work.member, kind="speech_outline", state="submitted")
    work.material(work.secretary, reviewer="above", state="submitted")
    response = page(client, getattr(work, who))
    for figure in figures(response):
        assert client.get(figure.url).context["page"].total == figure.number, figure
    for code, number in kinds(response).items():
        assert client.get(f"/notices/todos/?kind={code}").context["pager"].total == number


def test_an_overdue_item_says_by_how_many_days_and_one_in_time_does_not(client, work):
    work.material(work.member, due_on=date(2021, 3, 1))
    work.material(work.member, kind="speech_outline", due_on=DUE)
    html = page(client, work.member).content.decode()
    assert html.count("Overdue by") == 1
    assert "Overdue by 9 days" in html


def test_seven_of_a_kind_are_shown_and_the_number_tells_of_all(client, work):
    work.meetings(9, "submitted")
    response = page(client, work.officer)
    assert [(s.count, len(s.lines)) for s in response.context["sections"]] == [(9, 7)]
    assert "All 9" in response.content.decode()


def test_of_many_kinds_the_first_are_shown_and_the_others_told_by_number(client, work, monkeypatch):
    """However many kinds there are, the page asks for the rows of as many."""
    work.material(work.member, state="submitted")
    work.meetings(3, "draft")
    every = kinds(page(client, work.secretary))
    assert every == {"meeting_finish": 3, "material_review": 1}
    monkeypatch.setattr(views, "TODO_KINDS_SHOWN", 1)
    response = page(client, work.secretary)
    (shown,), ((todo, number),) = kinds(response), response.context["others"]
    assert [shown, todo.code] == list(every) and number == every[todo.code]
    assert f'{reverse("todo_list")}?kind={todo.code}"' in response.content.decode()


def test_new_notices_are_shown_until_read(client, work):
    work.material(work.member)
    actions.scan(TODAY)
    notice = page(client, work.member).context["notices"][0]
    actions.read(notice, actor=work.member)
    assert not page(client, work.member).context["notices"]


def test_a_notice_goes_with_its_cause_at_the_next_look_and_comes_back_with_it(client, work):
    material = work.material(work.member)
    actions.scan(TODAY)
    for state, shown in (("draft", 1), ("submitted", 0), ("draft", 1)):
        type(material).objects.filter(pk=material.pk).update(state=state)
        notices = page(client, work.member).context["notices"]
        assert [notice.is_live for notice in notices] == [True] * shown
    with time_machine.travel("2021-03-01 09:00+08:00", tick=False):  # the cause is that of the day of the look
        assert page(client, work.member).context["notices"] == []


@pytest.mark.parametrize("role", ["system", "security", "audit"])
def test_an_administrator_sees_what_he_looks_after_and_no_content(client, work, role):
    work.material(work.member)
    work.meetings(1, "submitted")
    keeper = account(f"{role}_keeper", admin_role=role)
    response = page(client, keeper)
    html = response.content.decode()
    assert response.context.get("sections") is None
    assert work.round.name not in html
    assert "/notices/" not in html
    offered = [line.url for _, lines in menu.sections(keeper, "/") for line in lines if line.url != "/"]
    assert offered
    assert all(f'href="{url}"' in html for url in offered)


def test_the_page_ranks_nobody_and_computes_no_rate(client, work):
    work.meetings(3, "submitted")
    html = page(client, work.officer).content.decode()
    assert not re.search(r"\d%|progress|排名", html)


@pytest.mark.parametrize("who", ["member", "secretary", "officer"])
def test_many_rows_cost_as_many_queries_as_few(client, work, who):
    def statements():
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    def fill(people):
        for user in people:
            work.material(user)
            work.material(user, kind="speech_outline", state="submitted")
        for state in ("draft", "submitted", "returned"):
            work.meetings(len(people), state)
        actions.scan(TODAY)

    fill([work.member])
    fill([work.secretary])
    page(client, getattr(work, who))
    few = statements()
    fill(work.colleagues(12))
    assert statements() == few


def test_only_reading(client, work):
    assert page(client, work.member)
    assert client.post("/").status_code == 405
