"""Whoever holds several offices sees all of them, and the history names the one that gave the right."""

import pytest
from django.urls import reverse

from branches.actions import grants
from branches.menu import MOST_HATS
from branches.models import Grant, User
from branches.rights import Right
from meetings import actions as meetings
from meetings.models import Meeting
from tests import cast as people
from workflow.actors import SYSTEM
from workflow.models import History

pytestmark = pytest.mark.django_db
HERE, ABOVE = "First branch 书记", "County committee 组织员"


@pytest.fixture
def both(world):
    """The secretary of the first branch, who is an officer of the county as well."""
    grants.grant(world.secretary, actor=SYSTEM, organisation=world.county, office="officer", since=people.SINCE)
    return User.objects.get(pk=world.secretary.pk)


def test_the_user_menu_names_every_office(client, both):
    client.force_login(both)
    page = client.get(reverse("session_list")).content.decode()
    assert f"<span>{HERE}</span>" in page and f"<span>{ABOVE}</span>" in page


def test_the_office_that_gives_the_right_is_named(world, both):
    assert both.acting_as(world.first, [Right.LEAD]) == HERE
    assert both.acting_as(world.first, [Right.ACCEPT]) == ABOVE
    assert both.acting_as(world.second, [Right.ACCEPT]) == ABOVE
    assert both.acting_as(world.second, [Right.LEAD]) == ""
    assert both.acting_as(world.first, [Right.KEEP_REGISTER]) == HERE  # both give it: the office on the spot
    assert both.acting_as(world.first) == f"{HERE}、{ABOVE}"


def test_ones_own_work_is_done_as_oneself(world, both):
    assert both.acting_as(world.secretary_material, [Right.OWN]) == ""
    assert both.acting_as(world.owed, [Right.REVIEW]) == HERE


def test_a_move_says_as_whom_it_was_made(world, both):
    meetings.move(world.draft_meeting, "file", actor=both)
    assert History.objects.of(world.draft_meeting).last().acted_as == HERE
    life = Meeting(organisation=world.second, form="org_life_meeting")
    waiting = meetings.save(life, people.entry(world.siblings), actor=world.sibling, submit=True)
    meetings.move(waiting, "accept", actor=both)
    assert History.objects.of(waiting).last().acted_as == ABOVE


def test_a_group_leader_acts_for_the_own_group(world):
    leader = User.objects.get(pk=world.group_leader.pk)
    row = Meeting(organisation=world.first, form="group_meeting", group=world.group)
    assert leader.acting_as(row, [Right.LEAD_GROUP]) == "First branch 党小组组长"
    assert leader.acting_as(world.draft_meeting, [Right.LEAD_GROUP]) == ""


def test_the_history_on_the_page_shows_it(client, world, both):
    meetings.move(world.draft_meeting, "file", actor=both)
    client.force_login(both)
    page = client.get(reverse("meeting_detail", args=[world.draft_meeting.pk])).content.decode()
    assert HERE in page and "身份" in page


def test_many_offices_do_not_fill_the_screen(client, cast):
    for n in range(MOST_HATS + 3):
        branch = people.found(f"Branch {n}", "branch", cast.county)
        Grant.objects.create(user=cast.supervisor, organisation=branch, office="clerk", since=people.SINCE)
    client.force_login(cast.supervisor)
    page = client.get(reverse("session_list")).content.decode()
    assert page.count("<span>Branch ") == MOST_HATS - 1
