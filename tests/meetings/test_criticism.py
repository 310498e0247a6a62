"""Criticism beside a meeting: counted by default, written down only where a superior says so, read by few, and not for
long (F34)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.actions import rules
from branches.models import User
from branches.retention.actions import destroy_expired
from meetings import actions as meetings
from meetings.criticism import actions
from meetings.criticism.actions import COMMITTEE
from meetings.models import Claim, CriticismCount, Meeting, SpokenRemark
from tests import cast as people
from workflow.models import AuditEvent, History
from workflow.moves import MoveNotAllowed

DAY = date(2026, 3, 2)  # of the meeting of the cast


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def wanted(world):
    """Raw words are written down in the county."""
    rules.override_rule(world.county, 2026, "F34-1", actor=world.officer, severity="remind", parameters={}, reason="So")


def write(world, *, kind="criticism", about=None, actor=None, speaker=None):
    about = world.people[4].pk if about is None else about
    actions.write(world.meeting, kind, about, "REMARK-WORDS", actor=actor or world.clerk, speaker=speaker)


def readers(world, rows):
    """The names of the cast to whom such a row is visible."""
    users = {name: user for name, user in vars(world).items() if isinstance(user, User)}
    return {name for name, user in users.items() if rows.visible_to(User.objects.get(pk=user.pk)).exists()}


def counted(world):
    return {row.member_id or COMMITTEE: row.number for row in CriticismCount.objects.filter(meeting=world.meeting)}


COMMITTEE_AND_ABOVE = {"secretary", "committee_member", "officer", "supervisor"}


def test_only_numbers_are_recorded_unless_a_superior_wants_words(world):
    with pytest.raises(ValidationError):
        write(world)
    assert not SpokenRemark.objects.exists()
    actions.count(world.meeting, {COMMITTEE: 2, world.people[4].pk: 3, world.people[1].pk: 0}, actor=world.clerk)
    assert counted(world) == {COMMITTEE: 2, world.people[4].pk: 3}


def test_a_number_is_read_by_whoever_it_is_about_and_by_those_who_keep_and_accept_records(world):
    actions.count(world.meeting, {world.people[4].pk: 3}, actor=world.clerk)
    assert readers(world, CriticismCount.objects) == COMMITTEE_AND_ABOVE | {"clerk", "member"}


def test_raw_words_are_read_by_committee_superior_and_writer_and_not_by_whom_they_are_about(world, wanted):
    write(world)
    assert readers(world, SpokenRemark.objects) == COMMITTEE_AND_ABOVE | {"clerk"}
    SpokenRemark.objects.update(written_by=world.secretary)
    assert readers(world, SpokenRemark.objects) == COMMITTEE_AND_ABOVE


def test_a_superior_reads_nothing_while_the_record_is_not_handed_in(world, wanted):
    write(world)
    actions.claim(world.meeting, "CLAIM-WORDS", actor=world.member)
    meetings.move(world.meeting, "send_back", actor=world.supervisor, note="More")
    assert readers(world, SpokenRemark.objects) == {"secretary", "committee_member", "clerk"}
    assert readers(world, CriticismCount.objects) == {"secretary", "committee_member", "clerk"}
    assert readers(world, Claim.objects) == {"secretary", "committee_member"}


def test_the_number_keeps_up_with_what_is_written_down(world, wanted):
    member = world.people[4].pk
    actions.count(world.meeting, {member: 1}, actor=world.secretary)
    for _ in range(2):
        write(world)
    write(world, about=COMMITTEE)
    write(world, kind="comment", about=world.people[1].pk)
    assert counted(world) == {member: 2, COMMITTEE: 1}
    with pytest.raises(ValidationError):
        actions.count(world.meeting, {member: 1, COMMITTEE: 1}, actor=world.secretary)
    assert counted(world) == {member: 2, COMMITTEE: 1}


def test_a_remark_taken_out_leaves_the_number(world, wanted):
    write(world)
    actions.remove(SpokenRemark.objects.get(), actor=world.secretary)
    assert not SpokenRemark.objects.exists() and counted(world) == {world.people[4].pk: 1}


@pytest.mark.parametrize(("who", "may"), [("secretary", True), ("clerk", True), ("committee_member", False),
                                          ("group_leader", False), ("member", False), ("officer", False)])  # fmt: skip
def test_who_writes_the_record_counts_and_nobody_else(world, who, may):
    if may:
        actions.count(world.meeting, {COMMITTEE: 1}, actor=getattr(world, who))
        return
    with pytest.raises(PermissionDenied):
        actions.count(world.meeting, {COMMITTEE: 1}, actor=getattr(world, who))


def test_what_makes_no_sense_is_refused(world, wanted):
    stranger = world.siblings[0].pk
    for deed in (
        lambda: actions.count(world.meeting, {stranger: 1}, actor=world.secretary),
        lambda: write(world, about=stranger),
        lambda: write(world, speaker=stranger),
        lambda: actions.claim(world.meeting, " \n ", actor=world.member),
    ):
        with pytest.raises(ValidationError):
            deed()
    with pytest.raises(MoveNotAllowed):
        actions.count(world.draft_meeting, {COMMITTEE: 1}, actor=world.secretary)
    with pytest.raises(PermissionDenied):
        actions.claim(world.meeting, "Mine", actor=world.sibling)
    assert not (CriticismCount.objects.exists() or SpokenRemark.objects.exists() or Claim.objects.exists())


def test_a_list_of_ones_own_is_written_anew_and_read_by_few(world):
    actions.claim(world.meeting, "One\n\n Two ", actor=world.member)
    actions.claim(world.meeting, "CLAIM-WORDS\nThree", actor=world.member)
    assert Claim.objects.get().points == ["CLAIM-WORDS", "Three"]
    assert readers(world, Claim.objects) == COMMITTEE_AND_ABOVE | {"member"}


def test_history_and_log_hold_no_word_and_no_name(world, wanted):
    history, audit = History.objects.count(), AuditEvent.objects.count()
    write(world, speaker=world.people[3].pk)
    actions.count(world.meeting, {world.people[4].pk: 7}, actor=world.clerk)
    actions.claim(world.meeting, "CLAIM-WORDS", actor=world.member)
    actions.remove(SpokenRemark.objects.get(), actor=world.secretary)
    told = [*History.objects.order_by("pk")[history:], *AuditEvent.objects.order_by("pk")[audit:]]
    assert [entry.move for entry in told[:4]] == ["write_remark", "count_criticism", "write_claim", "remove_remark"]
    for entry in told:
        for word in ("REMARK", "CLAIM-WORDS", world.people[4].name, world.people[3].name, "7"):
            assert word not in f"{entry.subject_label.replace('2026-03-02', '')} {entry.note}"


def test_raw_words_and_lists_end_after_their_days_and_the_number_stays(world, wanted):
    write(world)
    write(world, kind="comment", about=COMMITTEE)
    actions.claim(world.meeting, "CLAIM-WORDS", actor=world.member)
    assert destroy_expired(DAY + timedelta(365)) == 0
    assert destroy_expired(DAY + timedelta(366)) == 2
    told = History.objects.filter(move="destroy_kept").values_list("note", flat=True)
    assert sorted(told) == ["Raw comments of hosts and superiors × 1", "Raw criticism of members and committee × 1"]
    assert not SpokenRemark.objects.exists() and Claim.objects.exists()
    assert counted(world) == {world.people[4].pk: 1}
    assert destroy_expired(DAY + timedelta(731)) == 1
    assert not Claim.objects.exists()


def test_a_superior_may_have_raw_words_destroyed_sooner(world, wanted):
    write(world)
    write(world, kind="comment")
    rules.override_rule(
        world.county, 2026, "F34-criticism", actor=world.officer, severity="remind", parameters={"days": 30}, reason="So"
    )  # fmt: skip
    assert destroy_expired(DAY + timedelta(31)) == 1
    assert SpokenRemark.objects.get().kind == "comment"


def test_the_page_says_how_long_what_is_kept(world, wanted, client):
    client.force_login(world.secretary)
    page = client.get(reverse("criticism_list", args=[world.meeting.pk])).content.decode()
    for words in ("Raw criticism of members and committee 365 days", "Lists of points members make their own 730 days"):
        assert words in " ".join(page.split())


def test_a_member_is_told_his_number_and_his_list_and_nothing_of_others(world, wanted, client):
    write(world)
    actions.count(world.meeting, {world.people[4].pk: 4, world.people[3].pk: 9}, actor=world.clerk)
    actions.claim(world.meeting, "CLAIM-WORDS", actor=world.member)
    client.force_login(world.member)
    page = client.get(reverse("meeting_detail", args=[world.meeting.pk])).content.decode()
    assert "Criticisms made of you: 4." in page and "CLAIM-WORDS" in page
    assert "REMARK-WORDS" not in page and f'"{reverse("criticism_list", args=[world.meeting.pk])}"' not in page
    client.force_login(world.group_leader)
    page = client.get(reverse("meeting_detail", args=[world.meeting.pk])).content.decode()
    assert "Criticisms made of you: 9." in page and "CLAIM-WORDS" not in page


def test_who_makes_a_point_his_own_without_a_number_stands_in_the_list_with_none(world, client):
    actions.claim(world.meeting, "CLAIM-WORDS", actor=world.member)
    client.force_login(world.secretary)
    page = client.get(reverse("criticism_list", args=[world.meeting.pk]))
    ((name, number, claim),) = page.context["rows"]
    assert (name, number, claim.points) == (world.people[4].name, 0, ["CLAIM-WORDS"])


def test_the_history_of_the_meeting_tells_members_of_numbers_alone(world, wanted):
    write(world)
    actions.count(world.meeting, {world.people[4].pk: 2}, actor=world.clerk)
    assert [entry.move for entry in world.meeting.history] == ["create", "submit", "count_criticism"]


def test_a_fault_loses_nothing_that_was_typed(world, wanted, client):
    client.force_login(world.clerk)
    address = reverse("remark_create", args=[world.meeting.pk])
    page = client.post(address, {"kind": "criticism", "about": "", "text": "REMARK-WORDS"})
    assert page.status_code == 200 and "REMARK-WORDS" in page.content.decode()
    page = client.post(reverse("criticism_count", args=[world.meeting.pk]), {"number_0": "2", f"number_{world.people[1].pk}": "x"})  # fmt: skip
    assert page.status_code == 200 and 'value="2"' in page.content.decode() and not CriticismCount.objects.exists()


def test_a_theme_day_has_no_criticism_and_a_groups_part_of_the_year_has(world, client):
    day = Meeting(organisation=world.first, form="theme_day")
    meetings.save(day, people.entry(world.people), actor=world.secretary)
    group = Meeting(organisation=world.first, form="group_meeting", group=world.group)
    meetings.save(group, people.entry(world.people[3:5]), actor=world.group_leader, submit=True)
    actions.count(group, {world.people[4].pk: 1}, actor=world.group_leader)
    client.force_login(world.group_leader)
    assert client.get(reverse("criticism_list", args=[group.pk])).status_code == 200
    client.force_login(world.secretary)
    assert client.get(reverse("criticism_list", args=[day.pk])).status_code == 404


def test_the_page_asks_as_much_of_many_as_of_few(world, wanted, client):
    client.force_login(world.secretary)
    address = reverse("criticism_list", args=[world.meeting.pk])
    write(world, speaker=world.people[0].pk)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    asked()
    few = asked()
    for person in world.people:
        write(world, about=person.pk, speaker=world.people[0].pk)
    assert asked() == few
