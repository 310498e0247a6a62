"""A vote and the meeting at which it is held: its voters from the attendance, a link either way."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Vote
from appraisals.votes.meeting import offered
from branches.actions import corrections
from branches.models import User
from meetings import actions as meetings
from meetings.models import Meeting
from tests.appraisals.votes.rows import laid_down, moved
from tests.appraisals.votes.test_rules import set_to
from tests.cast import entry
from workflow.actors import SYSTEM


@pytest.fixture
def page(client, world):
    client.force_login(world.secretary)
    return lambda name, *args, **posted: (
        client.post(reverse(name, args=args), posted) if posted else client.get(reverse(name, args=args))
    )


@pytest.fixture
def assembly(world):
    """Four of five came to the assembly, one of them on probation."""
    corrections.set_standing(world.people[3], actor=SYSTEM, category="probationary", since=timezone.localdate())
    told = entry(world.people, theme="Assembly", begins=timezone.now())
    told.ticks[world.people[2].pk] = ("on_leave", "Ill")
    meeting = meetings.save(Meeting(organisation=world.first, form="general_meeting"), told, actor=world.secretary)
    assert (meeting.present, meeting.voting_present) == (4, 3)
    return meeting


def facts(at, **more):
    told = {"title": "New", "held_on": at.held_on.isoformat(), "way": "paper", "body": "on", "meeting": at.pk}
    return told | more


def test_who_came_are_the_voters_unless_a_number_is_typed(page, world, assembly):
    page("vote_create", **facts(assembly))
    page("vote_create", **facts(assembly, voters=6))
    assert list(Vote.objects.order_by("pk").values_list("voters", "meeting")) == [(4, assembly.pk), (6, assembly.pk)]


def test_only_those_with_the_right_to_vote_where_a_superior_says_so(page, world, assembly):
    set_to(world, "remind", code="F24-1", year=assembly.held_on.year)
    page("vote_create", **facts(assembly))
    assert Vote.objects.get().voters == 3


def test_without_attendance_or_meeting_the_number_is_asked(page, world, assembly):
    assert "请填写此项" in page("vote_create", **facts(assembly, meeting="")).content.decode()
    assembly.attendances.all().delete()
    Meeting.objects.filter(pk=assembly.pk).update(present=0)
    assert "请填写此项" in page("vote_create", **facts(assembly)).content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"held_on": "2026-01-05"}, "会议在另一天"),
        ({"until": "2099-01-05"}, "会外测评不属于任何会议"),
    ],
)
def test_another_day_or_none_is_refused(page, world, assembly, wrong, words):
    answer = page("vote_create", **facts(assembly, voters=5, **wrong))
    assert words in answer.content.decode() and not Vote.objects.exists()


@pytest.mark.parametrize("state", ["void", "cancelled"])
def test_a_meeting_of_another_branch_or_one_that_was_not_held_is_refused(world, assembly, state):
    with pytest.raises(ValidationError, match="本支部的会议"):
        laid_down(world, meeting=assembly, branch=world.second, actor=world.officer, scrutineer=None)
    Meeting.objects.filter(pk=assembly.pk).update(state=state)
    with pytest.raises(ValidationError, match="本支部的会议"):
        laid_down(world, meeting=Meeting.objects.get(pk=assembly.pk), held_on=assembly.held_on)


@pytest.mark.parametrize(("days", "is_offered"), [(-367, False), (-366, True), (366, True), (367, False)])
def test_the_meetings_of_a_year_before_and_after_are_offered(world, assembly, days, is_offered):
    found = offered(world.first, assembly.held_on - timedelta(days), User.objects.get(pk=world.secretary.pk))
    assert (assembly in found) == is_offered


def test_a_vote_begins_from_a_meeting_of_the_branch_that_was_held_and_nowhere_else(client, world, assembly):
    def begin(meeting, user=world.secretary):
        client.force_login(user)
        return dict(client.get(meeting.get_absolute_url()).context["sequels"]["begins"]).get("新建测评", "")

    assert begin(assembly).endswith(f"?organisation={world.first.pk}&meeting={assembly.pk}")
    assert begin(world.meeting, world.member) == "" != begin(world.meeting, world.officer)
    told = entry(world.people, theme="Of the group", begins=timezone.now())
    group = Meeting(organisation=world.first, form="group_meeting", group=world.group)
    assert begin(meetings.save(group, told, actor=world.group_leader)) == ""
    Meeting.objects.filter(pk=assembly.pk).update(state="void")
    assert begin(assembly) == ""


def test_the_database_keeps_votes_outside_apart(world, assembly):
    vote = laid_down(world, meeting=assembly, held_on=assembly.held_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.filter(pk=vote.pk).update(until=assembly.held_on)


def test_the_form_begins_with_the_meeting_it_was_asked_for_from(client, world, assembly):
    client.force_login(world.secretary)
    begin = dict(client.get(assembly.get_absolute_url()).context["sequels"]["begins"])["新建测评"]
    form = client.get(begin).context["form"]
    assert form["meeting"].value() == assembly.pk and form["held_on"].value() == assembly.held_on
    assert "到会 4 人" in str(form["meeting"])


def test_each_page_leads_to_the_other(client, world, assembly):
    vote = laid_down(world, "Rating", meeting=assembly, held_on=assembly.held_on)
    client.force_login(world.secretary)
    here = client.get(vote.get_absolute_url()).content.decode()
    assert assembly.get_absolute_url() in here and "到会 4 人" in here
    followed = client.get(assembly.get_absolute_url()).context["sequels"]["followed"]
    assert [(one.words, one.row) for one in followed] == [("Rating", vote)]


def test_neither_tells_of_what_its_reader_does_not_see(client, world, assembly):
    """A member sees neither a vote in preparation nor a draft of a record."""
    vote = laid_down(world, "Rating", meeting=assembly, held_on=assembly.held_on)
    client.force_login(world.group_leader)
    assert client.get(world.meeting.get_absolute_url()).context["sequels"]["followed"] == []
    moved(world, vote, "void")
    told = client.get(vote.get_absolute_url()).content.decode()
    assert assembly.get_absolute_url() not in told
    assert not Meeting.objects.visible_to(User.objects.get(pk=world.group_leader.pk)).filter(pk=assembly.pk)
