"""The pages of to-dos and notices, and their numbers in the brand bar."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appraisals.models import Material
from reminders import todos
from reminders.actions import notices as actions
from reminders.models import Notice
from shell import menu
from tests.reminders.work import DUE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY} 09:00+08:00", tick=False):
        yield TODAY


def badges(user):
    # A request loads its own user; so does this.
    fresh = type(user).objects.get(pk=user.pk)
    return {line.url: line.badge for line in menu.bar(fresh, "/")}


def notices(work, rule, number=1):
    """The member is owed `number` notices, each about a material of its own round."""
    first = Notice.objects.count()
    for n in range(first, first + number):
        work.round.pk, work.round.name = None, f"活动{n}"
        work.round.save(force_insert=True)
        work.material(work.member)
    actions.scan(TODAY)
    return list(Notice.objects.order_by("pk"))


class TestNotices:
    def test_a_member_sees_his_own_and_nobody_elses(self, client, work, rule):
        notices(work, rule)
        words = "活动0"
        for user, sees in ((work.member, True), (work.secretary, False), (work.officer, False)):
            client.force_login(user)
            assert (words in client.get("/notices/").content.decode()) == sees

    def test_opening_one_marks_it_as_read_and_leads_to_its_page(self, client, work, rule):
        notice = notices(work, rule)[0]
        client.force_login(work.member)
        response = client.post(f"/notices/{notice.pk}/read/")
        assert response.headers["Location"] == notice.get_absolute_url()
        assert Notice.objects.get().read_at is not None

    def test_a_strangers_notice_is_not_found_and_looking_changes_nothing(self, client, work, rule):
        notice = notices(work, rule)[0]
        client.force_login(work.idle)
        assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
        client.force_login(work.member)
        assert client.get(f"/notices/{notice.pk}/read/").status_code == 405
        client.get("/notices/")
        assert Notice.objects.get().read_at is None

    def test_the_filter_tells_unread_read_and_done_apart(self, client, work, rule):
        unread, read, done = notices(work, rule, 3)
        actions.read(read, actor=work.member)
        Material.objects.filter(pk=done.subject_key).update(state="submitted")
        client.force_login(work.member)
        for state, expected in {
            "": [done, read, unread],
            "unread": [unread],
            "read": [read],
            "settled": [done],
        }.items():
            page = client.get(f"/notices/?state={state}").context["page"]
            assert page.objects == expected
            assert page.total == len(expected)

    def test_a_state_that_does_not_exist_is_an_error_and_shows_no_rows(self, client, work, rule):
        notices(work, rule)
        client.force_login(work.member)
        response = client.get("/notices/?state=delete")
        assert response.status_code == 200
        assert response.context["page"].objects == []

    def test_the_number_follows_the_cause(self, work, rule):
        notice = notices(work, rule)[0]
        assert badges(work.member)["/notices/"] == "1"
        Material.objects.filter(pk=notice.subject_key).update(state="submitted")
        assert badges(work.member)["/notices/"] == ""

    def test_reading_a_page_costs_as_much_with_many_rows(self, client, work, rule):
        client.force_login(work.member)
        assert queries(client, "/notices/", notices, work, rule)


class TestTodos:
    def test_the_number_is_the_number_of_rows_behind_it(self, client, work):
        work.material(work.member)
        work.material(work.member, kind="speech_outline")
        client.force_login(work.member)
        response = client.get("/notices/todos/")
        assert response.context["pager"].total == todos.total(work.member) == 2
        assert badges(work.member)["/notices/todos/"] == "2"

    def test_it_closes_when_the_work_is_done_and_not_by_looking(self, client, work):
        material = work.material(work.member)
        client.force_login(work.member)
        client.get("/notices/todos/")
        client.get(material.get_absolute_url())
        assert badges(work.member)["/notices/todos/"] == "1"
        Material.objects.filter(pk=material.pk).update(state="submitted")
        assert badges(work.member)["/notices/todos/"] == ""

    def test_the_kind_in_the_address_is_shown_and_an_unknown_one_is_the_first(self, client, work):
        work.material(work.secretary)
        work.meetings(1, "draft")
        client.force_login(work.secretary)
        for asked, shown in (("meeting_finish", "meeting_finish"), ("material_write", "material_write"), ("x", None)):
            chosen = client.get(f"/notices/todos/?kind={asked}").context["chosen"].code
            assert chosen == (shown or todos.waiting(work.secretary)[0][0].code)

    def test_days_late_are_counted_from_the_day_after(self, work):
        signs = [todos.TodoItem("x", "/", due_on=DUE).sign(DUE + timedelta(n)) for n in (-1, 0, 1, 30)]
        assert signs[0] == ""
        assert "state-waiting" in signs[1]
        assert "state-alarm" in signs[2]
        assert "1" in signs[2]
        assert "30" in signs[3]
        assert todos.TodoItem("x", "/").sign(DUE) == ""

    def test_nobodys_work_is_a_friendly_page(self, client, work):
        client.force_login(work.idle)
        assert client.get("/notices/todos/").context["chosen"] is None

    def test_counting_is_one_query_a_kind_and_once_a_request(self, work):
        user = type(work.member).objects.get(pk=work.member.pk)
        assert user.reach.day == TODAY
        with CaptureQueriesContext(connection) as first:
            todos.total(user)
        with CaptureQueriesContext(connection) as again:
            todos.total(user)
        assert len(first) <= len(todos.registered())
        assert len(again) == 0

    def test_reading_a_page_costs_as_much_with_many_rows(self, client, work):
        client.force_login(work.officer)
        assert queries(client, "/notices/todos/", lambda work, _, n: work.meetings(n, "submitted"), work, None)


def queries(client, address, fill, work, rule):
    """True if the page costs as many statements with 2 rows as with 14, once the session is set up."""
    client.get(address)
    counts = []
    for number in (2, 12):
        fill(work, rule, number)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        counts.append(len(found))
    return counts[0] == counts[1]
