"""R17 and F29: what is lacking of the hours, kept up by whatever changes them, and told to three people alone."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.actions import leaving, members
from branches.models import User
from meetings import actions as meetings
from meetings.follow_ups.actions import note
from meetings.models import StudyShortfall
from meetings.study import actions
from meetings.tasks import bring_up_study
from reminders.actions import notices
from reminders.models import Notice
from tests import cast as people
from tests.meetings.test_study import DAY, enter, held
from tests.meetings.test_talks import put
from workflow.actors import SYSTEM

NOVEMBER, OCTOBER, LAST = date(2026, 11, 1), date(2026, 10, 31), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def november(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel("2026-11-01 09:00+08:00", tick=False):
        yield


def lacking(cast):
    """(collective, of both) of the members of the first branch, by name, in the year of the tests."""
    rows = StudyShortfall.objects.filter(year=2026, organisation=cast.first).select_related("member")
    return {row.member.name: (row.collective, row.of_both) for row in rows}


def told(day):
    """(rule, recipient, words) of what is owed on a day and not yet read."""
    notices.scan(day)
    rows = Notice.objects.unread(day).filter(rule__startswith="study_").select_related("recipient")
    return {(row.rule, row.recipient.name): row.words for row in rows}


# --- the rows ------------------------------------------------------------------------------------------------------
def test_the_daily_task_counts_everybody_by_the_rules_of_his_branch(cast):
    bring_up_study()
    assert lacking(cast) == {
        "甲书记": (56, 0), "乙委员": (56, 0), "丙干事": (32, 0), "丁组长": (32, 0), "戊同志": (32, 0),
    }  # fmt: skip
    put(cast, "R17", severity="warn", members=48, leaders=60)
    put(cast, "F29-1", hours=50)
    bring_up_study()
    assert lacking(cast)["戊同志"] == (48, 50) and lacking(cast)["甲书记"] == (60, 50)


def test_whatever_changes_hours_brings_the_row_up(cast):
    put(cast, "F29-1", hours=40)
    meeting = held(cast)  # two hours of collective study for everybody
    assert lacking(cast) == {name: (asked, 38) for name, asked in (
        ("甲书记", 54), ("乙委员", 54), ("丙干事", 30), ("丁组长", 30), ("戊同志", 30))}  # fmt: skip
    entry = enter(cast, hours="3")  # his own: the national rule does not count it
    assert lacking(cast)["戊同志"] == (30, 35)
    made_up = enter(cast, "collective", "1.5", actor=cast.clerk)
    assert lacking(cast)["戊同志"] == (Decimal("28.5"), Decimal("33.5"))
    actions.correct(meeting, cast.people[4], Decimal(1), "Late", actor=cast.secretary)
    assert lacking(cast)["戊同志"] == (Decimal("29.5"), Decimal("34.5"))
    actions.withdraw(entry, actor=cast.member)
    actions.withdraw(made_up, actor=cast.clerk)
    assert lacking(cast)["戊同志"] == (31, 39)
    meetings.move(meeting, "send_back", actor=cast.supervisor, note="More")
    assert lacking(cast)["戊同志"] == (32, 40) and lacking(cast)["甲书记"] == (56, 40)


def test_study_made_up_for_brings_the_row_up(cast):
    meeting = held(cast, away="on_leave")
    assert lacking(cast)["戊同志"] == (32, 0)
    note(meeting, [cast.people[4].pk], actor=cast.secretary, purpose="studied", way="together", done_on=DAY)
    assert lacking(cast)["戊同志"] == (30, 0)


def test_a_row_stays_the_same_row_and_goes_when_nothing_is_lacking(cast):
    enter(cast, "collective", "12", actor=cast.clerk)
    first = StudyShortfall.objects.get(member=cast.people[4])
    enter(cast, "collective", "12", actor=cast.clerk)
    assert StudyShortfall.objects.get(pk=first.pk).collective == 8
    enter(cast, "collective", "8", actor=cast.clerk)
    assert not StudyShortfall.objects.filter(member=cast.people[4]).exists()


def test_who_is_exempt_or_has_left_lacks_nothing(cast):
    bring_up_study()
    members.exempt(
        cast.people[2],
        actor=SYSTEM,
        organisation=cast.first,
        reason="Ill",
        approved_by="Committee",
        since=OCTOBER,
        until=None,
    )
    leaving.leave(cast.people[3], actor=cast.secretary, until=OCTOBER, ending="died")
    bring_up_study()
    assert set(lacking(cast)) == {"甲书记", "乙委员", "戊同志"}


def test_hours_of_a_year_that_is_over_are_brought_up_one_year_long(cast):
    enter(cast, "collective", day=date(2025, 6, 1), actor=cast.clerk)
    enter(cast, "collective", day=date(2024, 6, 1), actor=cast.clerk)
    assert list(StudyShortfall.objects.values_list("year", "collective")) == [(2025, 30)]


def test_the_daily_task_asks_as_much_of_many_as_of_few(cast):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            bring_up_study()
        return len(queries)

    few = asked()
    for number in range(12):
        people.enrol(f"增{number}", cast.second, position=10 + number)
    assert asked() == few


def test_who_may_read_what_is_lacking(cast):
    bring_up_study()
    here = StudyShortfall.objects.filter(organisation=cast.first, member=cast.people[4])
    users = {name: User.objects.get(pk=user.pk) for name, user in vars(cast).items() if isinstance(user, User)}
    assert {name for name, user in users.items() if here.visible_to(user).exists()} == {
        "secretary", "officer", "member",
    }  # fmt: skip


# --- notices -------------------------------------------------------------------------------------------------------
def test_from_november_on_the_member_is_told_how_much_and_his_secretary_that_some_lack_hours(cast):
    bring_up_study()
    enter(cast, "collective", "1.5", actor=cast.clerk)
    assert told(OCTOBER) == {}
    found = told(NOVEMBER)
    assert found["study_collective", "戊同志"] == (
        "Collective study this year: 30.5 hours still lacking when this was written; the year ends on 2026-12-31."
    )
    assert "32 hours" in found["study_collective", "丙干事"] and "56 hours" in found["study_collective", "己书记"]
    assert found["study_branch", "甲书记"].startswith("First branch: some members still lack hours")
    assert {name for rule, name in found if rule == "study_branch"} == {"甲书记", "己书记"}
    assert not [key for key in found if key[0] == "study_campaign"]


def test_the_rule_of_a_campaign_counts_both_kinds_and_is_told_by_itself(cast):
    put(cast, "F29-1", hours=40)
    bring_up_study()
    enter(cast, "collective", "24", actor=cast.clerk)
    enter(cast, "collective", "8", actor=cast.clerk)  # enough of collective study: the campaign asks for 40 of both
    enter(cast, hours="5")
    found = told(NOVEMBER)
    assert ("study_collective", "戊同志") not in found
    assert "3 hours still lacking" in found["study_campaign", "戊同志"]


def test_it_is_told_once_a_year_and_stops_with_its_cause(cast):
    bring_up_study()
    before = told(NOVEMBER)
    enter(cast, "collective", "10", actor=cast.clerk)
    assert told(LAST) == before  # not once more because a number changed
    enter(cast, "collective", "22", actor=cast.clerk)
    assert set(told(LAST)) == set(before) - {("study_collective", "戊同志")}
    assert told(date(2027, 1, 1)) == {}


def test_an_exemption_stops_it_at_once(cast):
    bring_up_study()
    assert ("study_collective", "戊同志") in told(NOVEMBER)
    members.exempt(
        cast.people[4],
        actor=SYSTEM,
        organisation=cast.first,
        reason="Ill",
        approved_by="Committee",
        since=OCTOBER,
        until=None,
    )
    assert ("study_collective", "戊同志") not in told(NOVEMBER)


def test_a_clerk_telephones_nobody_about_it(cast):
    bring_up_study()
    notices.scan(NOVEMBER)

    def phoned(user):
        rows = Notice.objects.to_phone(User.objects.get(pk=user.pk)).filter(rule="study_collective")
        return {row.recipient.name for row in rows}

    assert phoned(cast.clerk) == set()
    assert phoned(cast.secretary) == {"乙委员", "丙干事", "丁组长", "戊同志"}
    assert {"甲书记", "己书记", "庚同志"} <= phoned(cast.officer)
