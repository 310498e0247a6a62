"""What was done afterwards for who was not there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from meetings import actions
from meetings.follow_ups.actions import note
from meetings.models import FollowUp, Meeting
from tests.cast import entry
from workflow.models import History
from workflow.moves import MoveNotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(cast):
    """Two were away."""
    typed = entry(cast.people)
    away = {cast.people[n].pk: ("on_leave", "Ill") for n in (3, 4)}
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    actions.save(meeting, replace(typed, ticks={**typed.ticks, **away}), actor=cast.secretary, submit=True)
    return Meeting.objects.get(pk=meeting.pk)


def noted(cast, meeting, *, who=(4,), actor=None, days=2, **more):
    facts = {"purpose": "studied", "way": "alone", "done_on": meeting.held_on + timedelta(days), **more}
    return note(meeting, [cast.people[n].pk for n in who], actor=actor or cast.clerk, **facts)


def test_it_is_noted_with_who_noted_it_and_attendance_stays(cast, filed):
    noted(cast, filed, who=(3, 4))
    noted(cast, filed, purpose="told", way="by_phone", days=1)
    noted(cast, filed, way="at_home", days=5)  # noted again: replaced
    rows = FollowUp.objects.filter(member=cast.people[4]).values_list("purpose", "way", "noted_by")
    assert set(rows) == {("told", "by_phone", cast.clerk.pk), ("studied", "at_home", cast.clerk.pk)}
    assert FollowUp.objects.count() == 3
    filed.refresh_from_db()
    assert (filed.present, filed.on_leave) == (3, 2)
    assert [row.note for row in History.objects.of(filed).filter(move="follow_up")] == [
        "补学：2人",
        "会后通报：1人",
        "补学：1人",
    ]


@pytest.mark.parametrize(
    "wrong", [{"who": ()}, {"who": (0,)}, {"who": (0, 4)}, {"days": -1}, {"days": 10_000}], ids=range(5)
)
def test_what_cannot_be_is_refused(cast, filed, wrong):
    with pytest.raises(ValidationError):
        noted(cast, filed, **wrong)
    assert not FollowUp.objects.exists()


def test_the_day_of_the_meeting_and_today_are_both_possible(cast, filed):
    noted(cast, filed, days=0)
    noted(cast, filed, done_on=timezone.localdate(), purpose="told")
    assert FollowUp.objects.count() == 2


def test_only_of_a_record_handed_in_and_by_who_keeps_it(cast, filed):
    for actor in (cast.member, cast.supervisor, cast.sibling):
        with pytest.raises(PermissionDenied):
            noted(cast, filed, actor=actor)
    draft = actions.save(Meeting(organisation=cast.first, form="theme_day"), entry(cast.people), actor=cast.clerk)
    with pytest.raises(MoveNotAllowed):
        noted(cast, draft)


def test_a_correction_keeps_it_unless_he_was_there_after_all(cast, filed):
    noted(cast, filed, who=(3, 4))
    typed = entry(cast.people)
    typed = replace(typed, ticks={**typed.ticks, cast.people[4].pk: ("on_leave", "Ill")})
    actions.revise(filed, typed, "He came late", actor=cast.secretary, seen=filed.version)
    assert list(FollowUp.objects.values_list("member", flat=True)) == [cast.people[4].pk]


def test_the_page_offers_who_was_away_and_keeps_what_was_typed(client, cast, filed):
    client.force_login(cast.clerk)
    address = reverse("follow_up_create", args=[filed.pk])
    assert address in client.get(filed.get_absolute_url()).content.decode()
    form = client.get(address).context["form"]
    assert [name for _key, name in form.fields["members"].choices] == ["丁组长", "戊同志"]
    typed = {"members": [cast.people[4].pk], "purpose": "studied", "way": "at_home", "done_on": "2020-01-01"}
    page = client.post(address, typed).content.decode()
    assert "日期应在会议当日至今天之间" in page and "2020-01-01" in page
    assert client.post(address, {**typed, "done_on": "2026-03-05"}).status_code == 302
    assert "补学 2026-03-05 送学上门" in client.get(filed.get_absolute_url()).content.decode()


def test_who_only_reads_the_record_is_offered_nothing(client, cast, filed):
    for user in (cast.member, cast.supervisor):
        client.force_login(user)
        assert reverse("follow_up_create", args=[filed.pk]) not in client.get(filed.get_absolute_url()).content.decode()
