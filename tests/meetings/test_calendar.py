"""The month as a table, and the address under which a telephone reads when the branch meets: when, and nothing else."""

import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from branches.models import User
from branches.models.members import Relation
from meetings.calendar import actions
from meetings.calendar.month import month_asked, weeks
from meetings.models import CalendarFeed, Meeting
from meetings.plans import actions as plans
from tests import cast as people
from tests.replay import replay
from workflow.models import AuditEvent, History

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 10, 0, tzinfo=timezone.get_default_timezone())
WORDS = ("Theme", "SPOKEN-WORDS", "Room", "甲书记", "Lecture", "First branch", "Guest")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast():
    cast = replay("cast", people.build)
    from meetings import actions as records

    for form in ("general_meeting", "committee_meeting", "party_lecture"):
        record = Meeting(organisation=cast.first, form=form)
        records.save(record, people.entry(cast.people[:2] if form == "committee_meeting" else cast.people), actor=cast.secretary,
                     submit=form != "party_lecture")  # fmt: skip
    cast.plan = _planned(cast, "theme_day", NOW + timedelta(days=4))
    plans.step(cast.plan, "announce", actor=cast.secretary)
    _planned(cast, "party_lecture", NOW + timedelta(days=5))
    return cast


def _planned(cast, form, begins):
    facts = {"theme": "Lecture", "started_at": begins, "place": "Room 9"}
    return plans.plan(Meeting(organisation=cast.first, form=form), facts, actor=cast.secretary)


def signed_in(user):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address_for(cast, user):
    """The path of a fresh address, as its page shows it."""
    actions.switch(cast.first, on=True, actor=cast.secretary)
    page = signed_in(user).post(reverse("calendar_address_create")).content.decode()
    return re.search(r'value="[a-z]+://[^/]+(/calendar/[^"]+\.ics)"', page).group(1)


def events(path):
    return Calendar.from_ical(Client().get(path).content).walk("VEVENT")


# --- the month --------------------------------------------------------------------------------------------------------
def test_a_month_is_whole_weeks_from_monday():
    table = weeks(month_asked("2026-03", date(2026, 1, 1)), [], date(2026, 3, 20))
    days = [day for week in table for day in week]
    assert (days[0].on, days[-1].on) == (date(2026, 2, 23), date(2026, 4, 5))
    assert [day.on.isoweekday() for day in table[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert [day.on for day in days if day.is_today] == [date(2026, 3, 20)]
    assert sum(not day.is_outside for day in days) == 31


@pytest.mark.parametrize(
    "asked", ["", "2026", "2026-13", "2026-00", "1066-10", "９999-01", "2026-1", "x026-01", "-------"]
)
def test_nonsense_means_the_present_month(asked):
    month = month_asked(asked, date(2026, 3, 20))
    assert (month.year, month.number) == (2026, 3)


def test_each_sees_in_the_month_what_the_lists_show_him(cast):
    shown = {}
    for name in ("member", "committee_member", "clerk"):
        page = signed_in(getattr(cast, name)).get(reverse("calendar_month") + "?month=2026-03").content.decode()
        shown[name] = re.findall(r"(?:支部党员大会|支部委员会会议|支委会|党课|主题党日)(?=<| )", page)
    assert len(shown["member"]) == 2  # the assembly filed and the theme day announced
    assert len(shown["committee_member"]) == len(shown["clerk"]) == 5


def test_another_branch_is_not_found_and_administrators_see_no_meeting(cast):
    address = reverse("calendar_branch", args=[cast.second.pk])
    assert signed_in(cast.member).get(address).status_code == 404
    assert signed_in(cast.officer).get(address).status_code == 200
    assert signed_in(cast.secadmin).get(reverse("calendar_branch", args=[cast.first.pk])).status_code == 403
    page = signed_in(cast.sysadmin).get(reverse("calendar_month") + "?month=2026-03").content.decode()
    assert "支部党员大会" not in page and "没有您可以查看的会议" in page


def test_a_superior_reads_no_theme_and_no_place_of_a_draft(cast):
    page = (
        signed_in(cast.officer)
        .get(reverse("calendar_branch", args=[cast.first.pk]) + "?month=2026-03")
        .content.decode()
    )
    assert page.count("Room 1") == 2 and "草稿" in page  # of the two filed ones; the draft has a place, too


def test_the_month_is_found_by_its_neighbours(cast):
    page = signed_in(cast.member).get(reverse("calendar_month") + "?month=2026-12").content.decode()
    assert "?month=2026-11" in page and "?month=2027-01" in page


# --- the address ------------------------------------------------------------------------------------------------------
def test_without_the_switch_of_the_branch_there_is_no_address(cast):
    with pytest.raises(ValidationError):
        actions.make_address(cast.first, actor=cast.member)
    page = signed_in(cast.member).post(reverse("calendar_address_create")).content.decode()
    assert "支部尚未开通" in page and "/calendar/" not in page.replace("/meetings/calendar/", "")
    assert not CalendarFeed.objects.exists()


def test_only_the_secretary_switches_it(cast):
    for user in (cast.member, cast.clerk, cast.committee_member, cast.officer, cast.sibling):
        with pytest.raises(PermissionDenied):
            actions.switch(cast.first, on=True, actor=user)
    page = signed_in(cast.secretary).post(reverse("calendar_switch", args=[cast.first.pk]), {"on": "yes"})
    assert "confirmed" in page.content.decode()  # asked first: addresses lie outside the system
    signed_in(cast.secretary).post(reverse("calendar_switch", args=[cast.first.pk]), {"on": "yes", "confirmed": "yes"})
    assert address_for(cast, cast.member)
    assert [entry.move for entry in History.objects.of(cast.first).filter(move__endswith="feeds")] == ["open_feeds"]


def test_the_feed_tells_when_and_nothing_else(cast):
    path = address_for(cast, cast.member)
    content = Client().get(path)
    assert content["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in content["Cache-Control"]
    found = sorted(events(path), key=lambda event: event.decoded("dtstart"))
    assert [event.decoded("dtstart") for event in found] == [
        datetime(2026, 3, 2, 1, 0, tzinfo=UTC), datetime(2026, 3, 24, 2, 0, tzinfo=UTC),
    ]  # fmt: skip
    assert {str(event["summary"]) for event in found} == {"支部会议"}
    assert {key for event in found for key in event} == {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "CLASS",
    }  # fmt: skip
    text = content.content.decode()
    assert not any(words in text for words in WORDS), text
    assert str(cast.plan.pk) not in [str(event["uid"]).split("@")[0] for event in found]


def test_only_what_is_announced_or_handed_in_is_told(cast):
    """The committee member sees the committee's, too; neither sees a plan of which nobody was told, nor the draft."""
    assert len(events(address_for(cast, cast.member))) == 2
    assert len(events(address_for(cast, cast.committee_member))) == 3
    assert len(events(address_for(cast, cast.secretary))) == 3


def test_a_meeting_moved_keeps_its_place_in_the_calendar(cast):
    path = address_for(cast, cast.member)
    (before,) = (event for event in events(path) if event["sequence"] == 0 and event.decoded("dtstart").day == 24)
    later = {"started_at": NOW + timedelta(days=6), "ended_at": None, "place": "Room 9"}
    plan = Meeting.objects.get(pk=cast.plan.pk)
    plans.reschedule(plan, later, "Rain", actor=cast.secretary, seen=plan.version)
    (after,) = (event for event in events(path) if event["sequence"] == 1)
    assert after["uid"] == before["uid"] and after.decoded("dtstart").day == 26


def test_the_secret_part_is_kept_as_a_keyed_hash_only(cast, settings):
    path = address_for(cast, cast.member)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    (row,) = CalendarFeed.objects.values_list("digest", flat=True)
    assert token not in row and len(row) == 64
    everything = [*AuditEvent.objects.values(), *History.objects.values()]
    assert token not in str(everything)
    assert Client().get(path).status_code == 200
    settings.CODE_KEY = "another key"
    assert Client().get(path).status_code == 404


def test_wrong_ended_and_forbidden_addresses_get_the_same_answer(cast):
    never = Client().get("/calendar/never-was.ics")
    assert never.status_code == 404

    def is_gone(path):
        answer = Client().get(path)
        told = [
            one.content.decode().replace(one.wsgi_request.path, "").split("csrfmiddlewaretoken")
            for one in (answer, never)
        ]
        return answer.status_code == 404 and told[0][0] == told[1][0] and len(answer.headers) == len(never.headers)

    old = address_for(cast, cast.member)
    new = address_for(cast, cast.member)
    assert is_gone(old) and Client().get(new).status_code == 200  # a new one ends the old one
    signed_in(cast.member).post(reverse("calendar_address_end"))
    assert is_gone(new)
    off = address_for(cast, cast.member)
    actions.switch(cast.first, on=False, actor=cast.secretary)
    assert is_gone(off)
    actions.switch(cast.first, on=True, actor=cast.secretary)
    assert is_gone(off)  # ended, not paused
    closed = address_for(cast, cast.member)
    User.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert is_gone(closed)


def test_whoever_has_gone_to_another_branch_no_longer_reads_it(cast):
    path = address_for(cast, cast.member)
    assert Client().get(path).status_code == 200
    Relation.objects.filter(member=cast.member.member_id).update(organisation=cast.second)
    assert Client().get(path).status_code == 404


def test_nobody_has_the_calendar_of_a_branch_that_is_not_his(cast):
    actions.switch(cast.second, on=True, actor=cast.sibling)
    for user in (cast.member, cast.officer, cast.nobody):
        with pytest.raises(ValidationError):
            actions.make_address(cast.second, actor=user)


def test_no_log_holds_the_address(cast, caplog):
    with caplog.at_level(logging.DEBUG):
        Client().get("/calendar/SECRET-WORDS.ics")
        logging.getLogger("django.server").warning('"%s" %s', "GET /calendar/SECRET-WORDS.ics HTTP/1.1", 404)
    assert "SECRET-WORDS" not in caplog.text and "/calendar/….ics" in caplog.text


def test_whoever_asks_too_often_waits(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "calendar_feed": "2/15m/key"}
    from django.core.cache import cache

    cache.clear()
    answers = [Client().get("/calendar/never-was.ics") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert answers[-1]["Retry-After"] == "900"
    cache.clear()
