"""Recording a meeting: what is kept, what blocks a submission, and who of two writers wins."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from branches.actions import leaving, members
from branches.models import Standing
from meetings import actions
from meetings.due import due_at
from meetings.models import Attendance, Meeting, Minutes
from meetings.quorum import Count
from meetings.rules import remarks, shortfalls
from tests.cast import SINCE, enrol, entry
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired


@pytest.fixture
def draft(cast):
    meeting = Meeting(organisation=cast.first, form="org_life_meeting")
    return actions.save(meeting, entry(cast.people), actor=cast.clerk)


def broken(meeting):
    return [remark.held.rule.code for remark in remarks(meeting)]


def counted(meeting):
    return Count.of(Meeting.objects.get(pk=meeting.pk))


def ticked(cast, index, status, reason=""):
    typed = entry(cast.people)
    return replace(typed, ticks={**typed.ticks, cast.people[index].pk: (status, reason)})


def test_everything_typed_is_kept(cast, draft):
    assert [item.text for item in draft.agenda.all()] == ["One", "Two"]
    assert [(guest.name, guest.title) for guest in draft.observers.all()] == [("Guest", "Superior")]
    assert Minutes.objects.get(meeting=draft).text == "SPOKEN-WORDS"
    assert counted(draft) == Count(5, 5, 0, voting_due=5, voting_present=5, freed=0, freed_voting=0)
    assert draft.state == "draft"


def test_a_probationary_member_is_due_and_has_no_vote(cast):
    enrol("新同志", cast.first, category="probationary", position=9)
    meeting = Meeting(organisation=cast.first, form="general_meeting", started_at=timezone.now())
    last = due_at(meeting, meeting.held_on)[-1]
    assert (last.name, last.may_vote, last.is_exempt) == ("新同志", False, False)


def test_an_exempt_member_is_due_only_if_he_came(cast):
    old = cast.people[4]
    members.exempt(
        old, actor=SYSTEM, organisation=cast.first, since=SINCE, until=None, reason="年高", approved_by="支部"
    )
    away, came = (
        actions.save(Meeting(organisation=cast.first, form="general_meeting"), typed, actor=cast.secretary)
        for typed in (ticked(cast, 4, "absent", "在家"), entry(cast.people))
    )
    assert (counted(away).due, counted(away).present) == (4, 4)
    not_ticked = actions.save(
        Meeting(organisation=cast.first, form="general_meeting"), ticked(cast, 4, ""), actor=cast.secretary
    )
    for meeting in (away, not_ticked):  # need not come, and keeps the vote
        count = counted(meeting)
        assert (count.voting_due, count.freed, count.freed_voting, count.listed, count.needed) == (5, 1, 1, 5, 3)
    assert shortfalls(not_ticked, timezone.now()) == []
    assert (counted(came).due, counted(came).present) == (5, 5)


def test_rights_are_those_of_the_day_of_the_meeting(cast):
    late = cast.people[2]
    Standing.objects.filter(member=late).update(category="probationary", until=SINCE.replace(year=2025))
    Standing.objects.create(member=late, category="formal", since=SINCE.replace(year=2025, month=1, day=2))
    for year, votes in ((2024, 4), (2026, 5)):
        begins = timezone.make_aware(datetime(year, 6, 1, 9, 0))
        meeting = Meeting(organisation=cast.first, form="general_meeting")
        actions.save(meeting, entry(cast.people, begins=begins), actor=cast.secretary)
        assert counted(meeting).voting_due == votes


def test_a_committee_meeting_lists_the_committee_and_a_group_meeting_the_group(cast):
    committee = Meeting(organisation=cast.first, form="committee_meeting", started_at=timezone.now())
    group = Meeting(organisation=cast.first, form="group_meeting", group=cast.group, started_at=timezone.now())
    assert [due.name for due in due_at(committee, committee.held_on)] == ["甲书记", "乙委员"]
    assert [due.name for due in due_at(group, group.held_on)] == ["丁组长", "戊同志"]


def test_this_kind_waits_for_the_superior_and_others_are_filed(cast, draft):
    actions.move(draft, "submit", actor=cast.secretary)
    assert draft.state == "submitted"
    other = Meeting(organisation=cast.first, form="general_meeting")
    actions.save(other, entry(cast.people), actor=cast.secretary, submit=True)
    assert other.state == "filed"
    with pytest.raises(MoveNotAllowed):
        actions.move(other, "submit", actor=cast.secretary)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"theme": ""}, "会议主题"),
        ({"place": ""}, "会议地点"),
        ({"host": None}, "主持人"),
        ({"recorder": None}, "记录人"),
        ({"ended_at": None}, "结束时间"),
    ],
)
def test_a_gap_blocks_submission_and_is_named(cast, draft, change, words):
    typed = entry(cast.people)
    actions.save(draft, replace(typed, facts={**typed.facts, **change}), actor=cast.clerk, seen=1)
    with pytest.raises(ValidationError) as refusal:
        actions.move(draft, "submit", actor=cast.secretary)
    assert any(words in sentence for sentence in refusal.value.messages)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_absence_without_a_reason_blocks_submission_and_names_the_member(cast, draft):
    actions.save(draft, ticked(cast, 2, "absent", " "), actor=cast.clerk, seen=1)
    with pytest.raises(ValidationError, match="丙干事"):
        actions.move(draft, "submit", actor=cast.secretary)


def test_a_member_not_ticked_blocks_submission(cast, draft):
    actions.save(draft, ticked(cast, 3, ""), actor=cast.clerk, seen=1)
    with pytest.raises(ValidationError, match="丁组长"):
        actions.move(draft, "submit", actor=cast.secretary)


def test_a_meeting_yet_to_come_is_not_submitted(cast, draft):
    later = timezone.now() + timedelta(days=1)
    actions.save(draft, entry(cast.people, begins=later), actor=cast.clerk, seen=1)
    with pytest.raises(ValidationError, match="尚未召开"):
        actions.move(draft, "submit", actor=cast.secretary)


def test_end_before_start_is_refused_by_the_database_too(cast, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=draft.pk).update(ended_at=draft.started_at)


def test_the_second_of_two_writers_is_told(cast, draft):
    actions.save(draft, entry(cast.people, theme="First"), actor=cast.clerk, seen=1)
    stale = Meeting.objects.get(pk=draft.pk)
    with pytest.raises(actions.Stale), transaction.atomic():
        actions.save(stale, entry(cast.people, theme="Second"), actor=cast.secretary, seen=1)
    assert Meeting.objects.get(pk=draft.pk).theme == "First"


def test_a_filed_record_is_not_edited(cast, draft):
    actions.move(draft, "submit", actor=cast.secretary)
    with pytest.raises(MoveNotAllowed):
        actions.save(draft, entry(cast.people), actor=cast.secretary, seen=2)
    actions.move(draft, "accept", actor=cast.supervisor)
    with pytest.raises(MoveNotAllowed):
        actions.save(draft, entry(cast.people), actor=cast.secretary, seen=3)


def test_a_refused_submission_leaves_no_record(cast):
    with pytest.raises(ValidationError), transaction.atomic():
        meeting = Meeting(organisation=cast.first, form="general_meeting")
        actions.save(meeting, ticked(cast, 1, "absent"), actor=cast.secretary, submit=True)
    assert not Meeting.objects.exists()


def test_returning_needs_a_reason_and_is_told(cast, draft):
    actions.move(draft, "submit", actor=cast.secretary)
    with pytest.raises(NoteRequired):
        actions.move(draft, "send_back", actor=cast.supervisor, note="  ")
    actions.move(draft, "send_back", actor=cast.supervisor, note="Say more")
    last = History.objects.of(draft).last()
    assert (last.move, last.source, last.target, last.note) == ("send_back", "submitted", "returned", "Say more")
    assert last.acted_as == "County committee 督导员"


def test_who_may_not_record_may_not_save(cast, draft):
    for actor in (cast.member, cast.committee_member, cast.sibling, cast.officer, cast.secadmin):
        with pytest.raises(PermissionDenied):
            actions.save(draft, entry(cast.people), actor=actor, seen=1)


def test_only_members_of_the_register_get_a_line(cast, draft):
    outsider = cast.siblings[0]
    typed = entry(cast.people)
    typed = replace(typed, ticks={**typed.ticks, outsider.pk: ("present", "")})
    actions.save(draft, typed, actor=cast.clerk, seen=1)
    assert not Attendance.objects.filter(member=outsider).exists()


def test_a_host_without_a_post_is_a_warning_not_a_block(cast, draft):
    assert "R04" not in broken(draft)
    actions.save(draft, entry(cast.people, host=cast.people[4]), actor=cast.clerk, seen=1)
    assert "R04" in broken(draft)
    actions.move(draft, "submit", actor=cast.secretary)


@pytest.mark.parametrize("who", ["secretary", "clerk", "officer", "supervisor"])
def test_a_superior_sees_that_a_draft_exists_and_nothing_it_says(client, cast, draft, who):
    actions.save(draft, ticked(cast, 2, "on_leave", "REASON-OF-LEAVE"), actor=cast.clerk, seen=1)
    client.force_login(getattr(cast, who))
    page = client.get(draft.get_absolute_url()).content.decode()
    for words in ("Theme", "SPOKEN-WORDS", "REASON-OF-LEAVE", "Guest", "<li>One</li>"):
        assert (words in page) == (who in ("secretary", "clerk")), words
    assert "组织生活会" in page


@pytest.mark.parametrize(("who", "reads"), [("member", False), ("clerk", True), ("secretary", True), ("officer", True)])
def test_why_a_colleague_was_not_there_is_not_every_members_business(client, cast, draft, who, reads):
    actions.save(draft, ticked(cast, 2, "on_leave", "REASON-OF-LEAVE"), actor=cast.clerk, seen=1)
    actions.move(draft, "submit", actor=cast.secretary)
    client.force_login(getattr(cast, who))
    assert ("REASON-OF-LEAVE" in client.get(draft.get_absolute_url()).content.decode()) == reads


def test_the_leader_of_a_group_may_chair_it_and_nothing_else(cast):
    leader = cast.people[3]
    members.name_to_post(
        leader, actor=SYSTEM, organisation=cast.first, kind="group_leader", group=cast.group, since=SINCE
    )
    group = Meeting(organisation=cast.first, form="group_meeting", group=cast.group, started_at=timezone.now())
    general = Meeting(organisation=cast.first, form="general_meeting", started_at=timezone.now())
    group.host = general.host = leader
    assert broken(group) == []
    assert broken(general) == ["R04"]


def test_a_record_may_be_handed_in_from_the_moment_the_meeting_begins(cast, draft):
    begins = draft.started_at
    too_early = shortfalls(draft, begins - timedelta(seconds=1))
    assert [words for words in too_early if "尚未召开" in words]
    assert shortfalls(draft, begins) == []


def test_the_list_names_the_category_of_who_has_no_vote(cast):
    enrol("新同志", cast.first, category="probationary", position=9)
    meeting = Meeting(organisation=cast.first, form="general_meeting", started_at=timezone.now())
    assert {due.name: due.category for due in due_at(meeting, meeting.held_on)}["新同志"] == "预备党员"


def test_who_need_not_come_blocks_no_record_when_he_is_not_ticked(cast):
    old = cast.people[4]
    members.exempt(
        old, actor=SYSTEM, organisation=cast.first, since=SINCE, until=None, reason="年高", approved_by="支部"
    )
    typed = entry(cast.people)
    ticks = {key: tick for key, tick in typed.ticks.items() if key != old.pk}
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    actions.save(meeting, replace(typed, ticks=ticks), actor=cast.secretary, submit=True)
    assert (meeting.state, counted(meeting).due, counted(meeting).absent) == ("filed", 4, 0)


def test_a_mobile_member_is_due_and_votes_at_home_and_the_list_marks_him(cast, client):
    meeting, day = Meeting(organisation=cast.first, form="general_meeting"), timezone.localdate()
    leaving.flow_out(cast.people[4], actor=cast.secretary, since=day, place="Harbour town", contact="Chen")
    rows = {due.name: due for due in due_at(meeting, day)}
    away = rows["戊同志"]
    assert away.is_away and away.may_vote and not away.is_exempt and not rows["乙委员"].is_away
    client.force_login(cast.secretary)
    page = client.get(reverse("meeting_create") + f"?organisation={cast.first.pk}&form=general_meeting").text
    assert page.count("未经批准免过组织生活的") == 1


def test_without_an_agenda_a_record_is_not_handed_in_unless_it_is_in_the_book(cast):
    empty = replace(entry(cast.people), agenda=())
    on_paper = entry(cast.people, minutes_original="paper", book_number="1", book_pages="3")
    here, book = (
        actions.save(Meeting(organisation=cast.first, form="general_meeting"), typed, actor=cast.secretary)
        for typed in (empty, replace(on_paper, agenda=()))
    )
    (words,) = shortfalls(here, timezone.now())
    assert "议" in words and shortfalls(book, timezone.now()) == []


def test_where_nobody_chairs_nobody_is_asked_for_his_post(cast):
    meeting = Meeting(organisation=cast.first, form="general_meeting", started_at=timezone.now())
    assert broken(meeting) == []


@pytest.mark.parametrize(("old_came", "sums"), [(True, "= 4, but 5 were due"), (False, "= 3, but 4 were due")])
def test_the_sum_that_is_shown_counts_who_need_not_come_only_if_he_came(cast, old_came, sums):
    old = cast.people[4]
    members.exempt(
        old, actor=SYSTEM, organisation=cast.first, since=SINCE, until=None, reason="年高", approved_by="支部"
    )
    typed = ticked(cast, 3, "")
    typed.ticks[old.pk] = ("present" if old_came else "", "")
    meeting = actions.save(Meeting(organisation=cast.first, form="general_meeting"), typed, actor=cast.secretary)
    with translation.override("en"):
        assert any(sums in words for words in shortfalls(meeting, timezone.now()))
