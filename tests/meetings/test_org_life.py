"""The organisational life meeting as one sitting, two, or group meetings and an assembly; and the study before it."""

from datetime import datetime

import pytest
from django.utils import timezone

from branches.actions import organisations
from meetings import actions, org_life
from meetings.models import Meeting
from meetings.rules import remarks
from tests.cast import SINCE, account, entry
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db


def hold(cast, form, day, *, year=2025, group=None, submit=True):
    begins = timezone.make_aware(datetime(2026, 3, day, 9, 0))
    people = [row for row in cast.people if group is None or row in cast.people[3:]]
    typed = entry(people, begins=begins, appraisal_year=year, host=cast.people[0], recorder=cast.people[1])
    meeting = Meeting(organisation=cast.first, form=form, group=group)
    return actions.save(meeting, typed, actor=cast.secretary, submit=submit)


def told(cast, reader=None):
    found = org_life.of_year(cast.first, 2025, reader or cast.secretary, SINCE)
    return found and ([part.form for part in found.parts], [str(group) for group in found.lacking], found.is_complete)


def test_one_sitting_is_all_of_it_and_a_second_belongs_to_it(cast):
    assert told(cast) is None
    hold(cast, "general_meeting", 9)
    assert told(cast) is None  # of the appraisal, and no organisational life meeting yet
    hold(cast, "org_life_meeting", 8, submit=False)
    assert told(cast) == (["org_life_meeting", "general_meeting"], [], False)
    hold(cast, "org_life_meeting", 7)
    hold(cast, "org_life_meeting", 6, year=2024)
    assert told(cast) == (["org_life_meeting", "org_life_meeting", "general_meeting"], [], True)
    assert Meeting.objects.counting_as("org_life_meeting").filter(appraisal_year=2025, state="submitted").count() == 1


def test_where_groups_meet_all_of_them_must(cast):
    other = organisations.found_group("Other", actor=SYSTEM, organisation=cast.first, since=SINCE)
    hold(cast, "group_meeting", 3, group=cast.group)
    assert told(cast) == (["group_meeting"], ["Other"], False)
    Meeting.objects.filter(form="group_meeting").update(state="draft")
    assert told(cast) == (["group_meeting"], ["Group", "Other"], False), "not yet handed in"
    Meeting.objects.filter(form="group_meeting").update(state="filed")
    hold(cast, "org_life_meeting", 8)
    assert told(cast) == (["group_meeting", "org_life_meeting"], ["Other"], False)
    Meeting.objects.create(
        organisation=cast.first, group=other, form="group_meeting", state="filed", appraisal_year=2025,
        started_at=timezone.make_aware(datetime(2026, 3, 4, 9, 0)),
    )  # fmt: skip
    assert told(cast) == (["group_meeting", "group_meeting", "org_life_meeting"], [], True)


def test_it_is_told_to_who_sees_all_its_parts(client, cast):
    meeting = hold(cast, "org_life_meeting", 8)
    assert told(cast, cast.member) and told(cast, cast.supervisor) and told(cast, cast.liaison)
    assert told(cast, account("helper", office="clerk", organisation=cast.first)), "an office, though at home elsewhere"
    assert told(cast, cast.sibling) is None and told(cast, cast.stranger) is None
    client.force_login(cast.member)
    assert "2025年度组织生活会" in client.get(meeting.get_absolute_url()).content.decode()


def codes(meeting):
    """R07 where it is broken: of the other rules others speak."""
    return [remark.held.rule.code for remark in remarks(meeting) if remark.held.rule.code == "R07"]


@pytest.mark.parametrize(
    ("form", "day", "year", "submit", "found"),
    [
        ("party_lecture", 2, 2025, True, []),
        ("theme_day", 2, 2025, True, []),
        ("party_lecture", 9, 2025, True, ["R07"]),  # after it
        ("party_lecture", 2, 2024, True, ["R07"]),  # for another year
        ("party_lecture", 2, 2025, False, ["R07"]),  # not handed in
        ("committee_meeting", 2, 2025, False, ["R07"]),
        ("org_life_meeting", 2, 2025, True, ["R07"]),
    ],
)
def test_study_before_it_is_asked_for(cast, form, day, year, submit, found):
    life = hold(cast, "org_life_meeting", 8)
    assert codes(life) == ["R07"]
    hold(cast, form, day, year=year, submit=submit)
    assert codes(life) == found


def test_without_an_appraisal_year_nobody_knows_of_the_study(cast):
    hold(cast, "party_lecture", 2)
    assert codes(hold(cast, "org_life_meeting", 8, year=None)) == ["R07"]
    assert codes(hold(cast, "theme_day", 8, year=None)) == []


def test_another_room_may_know_of_the_study(cast, monkeypatch):
    asked = []
    monkeypatch.setattr(org_life, "_asked", [lambda branch, year, moment: asked.append((branch.pk, year)) or True])
    assert codes(hold(cast, "org_life_meeting", 8)) == []
    assert asked[-1] == (cast.first.pk, 2025)
