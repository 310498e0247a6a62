"""R05: what cannot be or hardly is about the times of a meeting."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from branches.actions import rules as rule_actions
from branches.models import Relation
from meetings import actions
from meetings.models import Meeting
from meetings.rules import remarks
from tests.cast import SINCE, entry
from workflow.models import History

pytestmark = pytest.mark.django_db


def at(hour, day=2, month=3, year=2026):
    return timezone.make_aware(datetime(year, month, day, hour, 0))


def record(cast, form="general_meeting", hour=9, hours=2, host=0, recorder=1, **facts):
    typed = entry(cast.people, begins=at(hour), ended_at=at(hour) + timedelta(hours=hours), host=cast.people[host],
                  recorder=cast.people[recorder])  # fmt: skip
    meeting = Meeting(organisation=cast.first, form=form, **facts)
    return actions.save(meeting, typed, actor=cast.secretary)


def codes(meeting, others=None):
    found = remarks(meeting, others=Meeting.objects.all() if others is None else others, now=timezone.now())
    return [remark.held.rule.code for remark in found if remark.held.rule.code != "R04"]


@pytest.mark.parametrize(
    ("hour", "hours", "clash"), [(8, 1, False), (11, 1, False), (10, 1, True), (8, 2, True), (7, 9, True)]
)
def test_the_same_branch_sits_in_one_meeting_at_a_time(cast, hour, hours, clash):
    record(cast)
    assert codes(record(cast, "party_lecture", hour, hours, 2, 3)) == (["R05"] if clash else [])


def test_groups_and_the_committee_may_sit_at_one_time_and_nobody_chairs_two(cast):
    group = {"form": "group_meeting", "group": cast.group}
    record(cast, host=3, recorder=4, **group)
    assert codes(record(cast, "committee_meeting")) == []
    assert codes(record(cast, "committee_meeting", hour=10, hours=1, host=3)) == ["R05", "R05"]
    assert codes(record(cast, hour=10, host=2, recorder=2, **group)) == ["R05"]  # the group itself


def words(meeting):
    return [remark.words for remark in remarks(meeting, others=Meeting.objects.all(), now=timezone.now())
            if remark.held.rule.code == "R05"]  # fmt: skip


@pytest.mark.parametrize(
    ("host", "recorder", "name"), [(1, 2, "乙委员"), (2, 1, "乙委员"), (0, 2, "甲书记"), (2, 0, "甲书记"), (2, 3, "")]
)
def test_whoever_chairs_or_records_both_is_named(cast, host, recorder, name):
    """A group and the committee at one time: nobody else is due at both."""
    record(cast, "committee_meeting")  # 甲书记 chairs, 乙委员 records
    told = words(record(cast, "group_meeting", host=host, recorder=recorder, group=cast.group))
    assert [line.startswith(name) for line in told] == ([True] if name else [])


def test_nobody_chairs_and_nobody_is_named(cast):
    for meeting in (record(cast, "committee_meeting"), record(cast, "group_meeting", group=cast.group)):
        Meeting.objects.filter(pk=meeting.pk).update(host=None, recorder=None)
    assert codes(Meeting.objects.get(form="group_meeting")) == []


def test_the_whole_branch_cannot_sit_while_its_committee_does(cast):
    record(cast, "committee_meeting")
    told = words(record(cast, host=2, recorder=3))
    assert len(told) == 1 and not told[0].startswith(("丙干事", "丁组长"))


@pytest.mark.parametrize(("minutes", "clash"), [(-1, False), (0, True), (1, False)])
def test_without_its_end_a_meeting_is_at_its_beginning(cast, minutes, clash):
    """Whichever of the two it is that says not when it ended."""
    other, mine = record(cast), record(cast, "party_lecture", host=2, recorder=3)
    begins = at(9) + timedelta(minutes=minutes)
    Meeting.objects.filter(pk=other.pk).update(started_at=begins, ended_at=begins + timedelta(seconds=30))
    Meeting.objects.filter(pk=mine.pk).update(ended_at=None)
    assert codes(Meeting.objects.get(pk=mine.pk)) == (["R05"] if clash else [])
    Meeting.objects.filter(pk=mine.pk).update(ended_at=at(9) + timedelta(seconds=30))
    Meeting.objects.filter(pk=other.pk).update(ended_at=None)
    assert codes(Meeting.objects.get(pk=mine.pk)) == (["R05"] if clash else [])


def test_what_takes_place_within_a_theme_day_stands_beside_it(cast):
    record(cast, "theme_day")
    assert codes(record(cast, "party_lecture")) == []
    assert codes(record(cast, "theme_day")) == ["R05"]


def test_a_record_made_void_is_in_nobodys_way(cast):
    first = record(cast)
    actions.move(first, "void", actor=cast.secretary, note="Typed twice")
    assert codes(record(cast)) == [] == codes(first)


def test_a_clash_is_told_to_those_who_may_know_the_other_record(cast):
    record(cast, "committee_meeting")
    mine = record(cast)
    assert codes(mine, Meeting.objects.told_to(cast.secretary)) == ["R05"]
    assert codes(mine, Meeting.objects.told_to(cast.officer)) == []  # a draft: the hour is not yet his to know


@pytest.mark.parametrize(("hours", "code"), [(12, []), (12.1, ["R05a"])])
def test_half_a_day_is_the_most(cast, hours, code):
    assert codes(record(cast, hours=hours)) == code


def test_its_length_is_told_to_a_tenth_of_an_hour(cast):
    found = remarks(record(cast, hours=12.27), others=Meeting.objects.all(), now=timezone.now())
    assert [remark.words for remark in found if remark.held.rule.code == "R05a" and "12.3" in remark.words]


def test_on_the_day_of_its_founding_a_branch_may_meet(cast):
    meeting = record(cast)
    meeting.started_at, meeting.ended_at = at(9, SINCE.day, SINCE.month, SINCE.year), None
    assert codes(meeting) == []
    Relation.objects.filter(organisation=cast.first).delete()
    assert codes(meeting) == [], "nor is anybody asked where the register is empty"


def test_no_meeting_before_the_branch_or_its_register(cast):
    meeting = record(cast)
    meeting.started_at = at(9, year=SINCE.year - 1)
    meeting.ended_at = None
    assert codes(meeting) == ["R05b"]
    Relation.objects.filter(organisation=cast.first).update(since=date(2016, 5, 1))
    meeting.started_at = at(9, 30, 4, 2016)
    assert codes(meeting) == ["R05b"]
    meeting.started_at = at(9, 1, 5, 2016)
    assert codes(meeting) == []
    meeting.started_at = at(9, 30, 4, 2016)
    meeting.save()
    with pytest.raises(ValidationError, match="R05b"):
        actions.move(meeting, "file", actor=cast.secretary)


def test_of_what_is_filed_nobody_is_asked(cast):
    record(cast)
    meeting = record(cast)
    actions.move(meeting, "file", actor=cast.secretary)
    assert codes(meeting) == []


def test_where_the_superior_blocks_it_a_clash_stops_the_record(cast):
    record(cast)
    rule_actions.override_rule(
        cast.county, actor=cast.officer, code="R05", year=2026, severity="block", parameters={}, reason="Twice told"
    )
    with pytest.raises(ValidationError, match="R05"):
        actions.move(record(cast), "file", actor=cast.secretary)


def test_a_warning_is_passed_with_a_reason_that_the_history_tells(client, cast):
    record(cast)
    data = {
        "theme": "Second", "started_at": "2026-03-02 10:00", "ended_at": "2026-03-02 12:00", "place": "Room",
        "host": cast.people[0].pk, "recorder": cast.people[1].pk, "agenda": "One", "minutes_original": "system",
        "late_reason": "Ill", "save": "submit", **{f"status_{one.pk}": "present" for one in cast.people},
    }  # fmt: skip
    client.force_login(cast.secretary)
    address = reverse("meeting_create") + f"?organisation={cast.first.pk}&form=general_meeting"
    for more in ({}, {"confirmed": "yes", "note": " "}):
        asked = client.post(address, data | more)
        assert "R05" in asked.text and 'name="note"' in asked.text
        assert Meeting.objects.count() == 1
    client.post(address, data | {"confirmed": "yes", "note": "THE-REASON"})
    assert History.objects.get(move="file").note == "THE-REASON"
