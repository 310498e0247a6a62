"""Meetings to come: planned, announced with one notice to each member due, moved, cancelled, begun; never a record before."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches.models import Exemption
from meetings import actions as meetings
from meetings import exports
from meetings.models import Meeting
from meetings.plans import actions
from meetings.plans.periods import Period, period_of
from meetings.plans.todos import _item
from reminders.actions import notices
from reminders.models import Notice
from reminders.verify import period_is_due_day
from tests import cast as people
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

NOW = datetime(2026, 4, 10, 9, 0)
DAY = datetime(2026, 4, 20, 15, 0)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(timezone.make_aware(NOW), tick=False):
        yield


@pytest.fixture
def cast(world):
    return world


def planned(cast, form="general_meeting", actor=None, group=None, begins=DAY, **facts):
    meeting = Meeting(organisation=cast.first, form=form, group=group)
    facts = {"theme": "THEME-WORDS", "place": "Room 2", "started_at": timezone.make_aware(begins), **facts}
    return actions.plan(meeting, facts, actor=actor or cast.secretary)


def announced(cast, *args, **facts):
    meeting = planned(cast, *args, **facts)
    actions.step(meeting, "announce", actor=cast.secretary)
    return Meeting.objects.get(pk=meeting.pk)


def told(rule):
    return sorted(Notice.objects.filter(rule=rule).values_list("recipient__name", flat=True))


def seen_by(user, meeting):
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


def test_a_plan_is_seen_by_office_and_superior_and_by_members_once_announced(cast):
    meeting = planned(cast)
    assert [seen_by(user, meeting) for user in (cast.clerk, cast.officer, cast.liaison)] == [True] * 3
    assert not seen_by(cast.member, meeting) and not seen_by(cast.sibling, meeting)
    actions.step(meeting, "announce", actor=cast.secretary)
    assert seen_by(cast.member, meeting) and not seen_by(cast.sibling, meeting)
    actions.step(meeting, "cancel", actor=cast.secretary, note="Flood")
    assert seen_by(cast.member, meeting)


def test_a_plan_cancelled_before_anybody_was_told_stays_unseen(cast):
    meeting = planned(cast)
    actions.step(meeting, "cancel", actor=cast.secretary, note="Flood")
    assert not seen_by(cast.member, meeting)


def test_a_committee_meeting_is_announced_to_its_committee_only(cast):
    meeting = announced(cast, "committee_meeting")
    serving = people.account("serving", people.enrol("新委员", cast.first))
    people.members.name_to_post(
        serving.member, actor=people.SYSTEM, organisation=cast.first, kind="publicity", since=people.SINCE
    )
    assert not seen_by(cast.member, meeting)
    assert seen_by(serving, meeting)
    notices.scan(timezone.localdate())
    assert told("meeting_announced") == sorted(["甲书记", "乙委员", "新委员"])


def test_superiors_read_theme_and_place_of_a_plan(cast):
    meeting = planned(cast)
    row = Meeting.objects.visible_to(cast.officer).as_told_to(cast.officer).get(pk=meeting.pk)
    assert (row.told_theme, row.told_place) == ("THEME-WORDS", "Room 2")


def test_no_list_count_or_ledger_takes_a_plan_for_a_record(cast, client):
    rows = [planned(cast), announced(cast)]
    rows.append(announced(cast))
    actions.step(rows[-1], "cancel", actor=cast.secretary, note="Flood")
    keys = {row.pk for row in rows}
    assert not keys & set(exports.ledger_rows(cast.secretary).values_list("pk", flat=True))
    assert not keys & set(exports.ledger_rows(cast.officer).values_list("pk", flat=True))
    assert not keys & set(Meeting.objects.unfinished(cast.secretary).values_list("pk", flat=True))
    assert not keys & set(Meeting.objects.awaiting(cast.officer).values_list("pk", flat=True))
    assert exports.left_out(Meeting.objects.visible_to(cast.secretary).records(), cast.secretary) == ""
    client.force_login(cast.secretary)
    listed = {row.pk for row in client.get("/meetings/").context["page"].objects}
    assert listed and not keys & listed
    plans = {row.pk for row in client.get("/meetings/plans/").context["page"].objects}
    assert plans == keys


def test_announcing_owes_each_member_due_one_notice_that_tells_no_theme(cast):
    Exemption.objects.create(member=cast.people[4], since=people.SINCE, reason="Ill", approved_by="Branch")
    announced(cast)
    assert told("meeting_announced") == sorted(["甲书记", "乙委员", "丙干事", "丁组长"])
    notices.scan(timezone.localdate())
    assert Notice.objects.filter(rule="meeting_announced").count() == 4
    assert "THEME" not in Notice.objects.filter(rule="meeting_announced")[0].words


def test_a_group_meeting_calls_its_group(cast):
    meeting = planned(cast, "group_meeting", actor=cast.group_leader, group=cast.group)
    actions.step(meeting, "announce", actor=cast.group_leader)
    assert told("meeting_announced") == sorted(["丁组长", "戊同志"])


def test_announcing_asks_as_many_questions_for_a_large_branch_as_for_a_small_one(cast):
    def asked():
        meeting = planned(cast)
        with CaptureQueriesContext(connection) as queries:
            actions.step(meeting, "announce", actor=cast.secretary)
        return len(queries)

    few = asked()
    for number in range(12):
        people.enrol(f"新{number}", cast.first)
    assert asked() == few


def test_what_is_missing_keeps_a_plan_from_being_announced(cast):
    meeting = planned(cast, theme="", place="", begins=NOW - timedelta(hours=1))
    with pytest.raises(ValidationError) as refusal:
        actions.step(meeting, "announce", actor=cast.secretary)
    assert len(refusal.value.messages) == 3
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"
    assert not Notice.objects.filter(rule="meeting_announced").exists()


def test_a_moved_meeting_keeps_number_and_history_and_tells_everybody_once(cast):
    meeting = announced(cast)
    later = {"started_at": timezone.make_aware(DAY + timedelta(hours=2)), "ended_at": None, "place": "Room 3"}
    actions.reschedule(meeting, later, "Room taken", actor=cast.secretary, seen=meeting.version)
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.state, kept.place, kept.reschedules) == ("announced", "Room 3", 1)
    assert not period_is_due_day().exists()  # the notice of a move has a period of its own
    assert [entry.move for entry in History.objects.of(kept)] == ["plan", "announce", "reschedule"]
    assert History.objects.of(kept).last().note.endswith("2026-04-20 17:00：Room taken")
    assert len(told("meeting_moved")) == 5
    notices.scan(timezone.localdate())
    assert len(told("meeting_moved")) == 5
    live = Notice.objects.unread(timezone.localdate()).filter(recipient=cast.people[4], subject_key=kept.pk)
    assert [notice.rule for notice in live.filter(rule__startswith="meeting_")] == ["meeting_moved"]
    actions.reschedule(kept, later, "Again", actor=cast.secretary, seen=kept.version)
    live = Notice.objects.unread(timezone.localdate()).filter(rule="meeting_moved")
    assert (live.count(), len(told("meeting_moved"))) == (5, 10)


def test_a_meeting_is_not_moved_without_reason_into_the_past_or_over_another_change(cast):
    meeting = announced(cast)
    later = {"started_at": timezone.make_aware(DAY + timedelta(1)), "ended_at": None, "place": "Room 3"}
    with pytest.raises(NoteRequired):
        actions.reschedule(meeting, later, " ", actor=cast.secretary, seen=meeting.version)
    with pytest.raises(MoveNotAllowed):
        actions.reschedule(meeting, later, "Because", actor=cast.secretary, seen=meeting.version - 1)
    past = {**later, "started_at": timezone.make_aware(NOW - timedelta(1))}
    with pytest.raises(ValidationError):
        actions.reschedule(meeting, past, "Because", actor=cast.secretary, seen=meeting.version)
    with pytest.raises(PermissionDenied):
        actions.reschedule(meeting, later, "Because", actor=cast.clerk, seen=meeting.version)
    with pytest.raises(MoveNotAllowed):
        actions.step(meeting, "reschedule", actor=cast.secretary, note="By its address")
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (timezone.localtime(kept.started_at).replace(tzinfo=None), kept.reschedules) == (DAY, 0)


def test_a_cancelled_meeting_is_told_to_whoever_was_called(cast):
    meeting = announced(cast)
    meetings.move(meeting, "cancel", actor=cast.secretary, note="Flood")
    assert len(told("meeting_cancelled")) == 5
    assert not Notice.objects.unread(timezone.localdate()).filter(rule="meeting_announced").exists()
    silent = planned(cast)
    meetings.move(silent, "cancel", actor=cast.secretary, note="Flood")
    assert len(told("meeting_cancelled")) == 5


def test_a_record_is_begun_on_the_day_with_the_ready_agenda(cast):
    meeting = announced(cast, "org_life_meeting")
    with pytest.raises(MoveNotAllowed):
        actions.step(meeting, "begin", actor=cast.clerk)
    with time_machine.travel(timezone.make_aware(DAY.replace(hour=1)), tick=False):
        actions.step(meeting, "begin", actor=cast.clerk)
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.state, kept.agenda.count(), kept.minutes.text) == ("draft", 5, "")
    assert Meeting.objects.counting_as("org_life_meeting").filter(pk=kept.pk).exists()
    assert not seen_by(cast.member, kept)


def test_a_plan_that_was_announced_or_changed_meanwhile_is_not_written_over(cast):
    meeting = planned(cast)
    facts = {"theme": "Otherwise", "started_at": meeting.started_at}
    actions.plan(meeting, facts, actor=cast.clerk, seen=1)
    stale = Meeting.objects.get(pk=meeting.pk)
    with pytest.raises(MoveNotAllowed):
        actions.plan(stale, {**facts, "theme": "Third"}, actor=cast.clerk, seen=1)
    fresh = Meeting.objects.get(pk=meeting.pk)
    actions.step(fresh, "announce", actor=cast.secretary)
    with pytest.raises(MoveNotAllowed):
        actions.plan(Meeting.objects.get(pk=meeting.pk), facts, actor=cast.clerk, seen=3)
    assert Meeting.objects.get(pk=meeting.pk).theme == "Otherwise"


def test_an_overdue_plan_is_the_business_of_its_branch_only(cast):
    meeting = announced(cast)
    group = planned(cast, "group_meeting", group=cast.group)
    with time_machine.travel(timezone.make_aware(DAY), tick=False):
        assert not Meeting.objects.unrecorded(_anew(cast.secretary)).exists()
    with time_machine.travel(timezone.make_aware(DAY + timedelta(1)), tick=False):
        assert set(Meeting.objects.unrecorded(_anew(cast.secretary))) == {meeting}
        assert set(Meeting.objects.unrecorded(_anew(cast.group_leader))) == {group}
        for other in (cast.member, cast.officer, cast.sibling):
            assert not Meeting.objects.unrecorded(_anew(other)).exists()
    item = _item(Meeting.objects.select_related("organisation").get(pk=meeting.pk))
    assert "2026-04-20" in item.text and item.due_on is None


def _anew(user):
    return type(user).objects.get(pk=user.pk)


def test_a_quarter_is_copied_once_without_themes(cast):
    planned(cast, begins=datetime(2026, 1, 31, 15, 0), ended_at=timezone.make_aware(datetime(2026, 1, 31, 17, 0)))
    void = planned(cast, begins=datetime(2026, 2, 3, 15, 0))
    actions.step(void, "cancel", actor=cast.secretary, note="Flood")
    Meeting.objects.filter(pk__in=[cast.meeting.pk, cast.draft_meeting.pk]).delete()
    quarter = Period(2026, 2, "quarter")
    assert actions.copy(cast.first, quarter, actor=cast.clerk) == 1
    copied = Meeting.objects.plans().get(started_at__gte=quarter.moments[0])
    assert (copied.held_on, copied.theme, copied.place, copied.state) == (date(2026, 5, 1), "", "Room 2", "planned")
    assert timezone.localtime(copied.ended_at).hour == 17
    assert History.objects.of(copied).get().target == "planned"
    with pytest.raises(ValidationError):
        actions.copy(cast.first, quarter, actor=cast.clerk)
    with pytest.raises(PermissionDenied):
        actions.copy(cast.first, quarter, actor=cast.officer)


def test_periods():
    assert [str(p.first) + str(p.last) for p in (Period(2026, 1, "quarter"), Period(2026, 12, "month"))] == [
        "2026-01-012026-03-31", "2026-12-012026-12-31",
    ]  # fmt: skip
    assert period_of(date(2026, 1, 5), "quarter").before == Period(2025, 4, "quarter")
    assert Period(2026, 1, "year").before == Period(2025, 1, "year")
    assert Period(2026, 4, "month").day_at(70) == date(2026, 4, 22)
    assert Period(2026, 3, "month").day_at(70) == date(2026, 3, 22)


def test_pages_plan_change_and_move(cast, client):
    client.force_login(cast.secretary)
    page = f"/meetings/plans/of/{cast.first.pk}/"
    data = {"form": "general_meeting", "theme": "Spring", "started_at": "2026-04-22 15:00", "place": "Room 2"}
    assert client.post(f"{page}new/", {**data, "form": "group_meeting"}).context["form"].errors["group"]
    assert client.post(f"{page}new/", {**data, "ended_at": "2026-04-22 14:00"}).context["form"].errors["ended_at"]
    assert client.post(f"{page}new/", data).status_code == 302
    meeting = Meeting.objects.plans().get()
    client.post(f"/meetings/{meeting.pk}/plan/", {**data, "theme": "Summer", "version": 1})
    assert Meeting.objects.get(pk=meeting.pk).theme == "Summer"
    client.post(f"/meetings/{meeting.pk}/move/announce/", {"confirmed": "yes"})
    answer = client.post(
        f"/meetings/{meeting.pk}/reschedule/",
        {"started_at": "2026-04-23 15:00", "place": "Room 2", "reason": "Because", "version": 3},
    )
    assert answer.status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).held_on == date(2026, 4, 23)
    sheet = client.get(f"{page}?year=2026&quarter=2").content.decode()
    assert "Summer" in sheet
    assert client.get(f"{page}?year=2026&quarter=7").status_code == 404
    assert client.get(f"/meetings/plans/of/{cast.county.pk}/").status_code == 404


def test_the_page_that_moves_a_meeting_tells_from_when_to_when(cast, client):
    meeting = announced(cast)
    client.force_login(cast.secretary)
    typed = {"started_at": "2026-04-21 09:00", "place": "Room 3", "reason": "Taken", "version": meeting.version}
    assert client.post(reverse("plan_reschedule", args=[meeting.pk]), typed).status_code == 302
    assert History.objects.of(meeting).last().note == f"{DAY:%Y-%m-%d %H:%M} → 2026-04-21 09:00：Taken"


def test_before_a_plan_is_announced_its_secretary_reads_who_is_told(client, cast):
    meeting = planned(cast, "committee_meeting")
    client.force_login(cast.secretary)
    address = reverse("meeting_move", args=[meeting.pk, "announce"])
    page = client.post(address).content.decode()
    assert "将通知应到的2人：甲书记、乙委员。" in page
    meeting.refresh_from_db()
    assert meeting.state == "planned"
    client.post(address, {"confirmed": "yes"})
    meeting.refresh_from_db()
    assert meeting.state == "announced"
