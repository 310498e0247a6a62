"""My branches: in set order, each with its stage, its next meeting, what fell short; who is still due a visit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Requirement, Stage
from appraisals.supervision import board
from appraisals.supervision.due import still_due
from branches.models import Organisation, User
from meetings.models import Meeting
from tests.appraisals.supervision.rows import entry, visit


@pytest.fixture
def supervisor(world):
    return User.objects.get(pk=world.supervisor.pk)


def due(user, *branches):
    rows = Organisation.objects.visible_to(user).filter(pk__in=[branch.pk for branch in branches])
    return [row.name for row in still_due(rows, user)]


def test_a_line_says_stage_meeting_shortfall_and_last_visit(world, supervisor, client):
    made = visit(world)
    begins = timezone.now() + timedelta(hours=1)
    Meeting.objects.create(organisation=world.first, form="org_life_meeting", started_at=begins, state="announced")
    told = board.told_of([world.first, world.second], supervisor)
    mine, other = told[world.first.pk], told[world.second.pk]
    assert [(row.stage.name, len(lacking)) for row, lacking in mine.gates] == [("Writing", 1)]
    assert mine.meeting.started_at == begins
    assert [item.due_on for item in mine.items] == [made.due_on]
    assert (mine.last, other.last, other.items, other.meeting) == (made.visited_on, None, [], None)
    client.force_login(world.supervisor)
    page = client.get(reverse("supervision_list"))
    assert [row.name for row in page.context["page"].objects] == ["First branch", "Second branch"]
    assert [meeting.organisation for meeting in page.context["near"]] in ([world.first], [])
    assert "Two members left out" in page.content.decode()


def test_what_a_draft_found_is_told_nowhere(world, supervisor, client):
    visit(world, submit=False, entry_=entry(world, comments="COMMENT-OF-DRAFT"))
    assert board.told_of([world.first], supervisor)[world.first.pk].last is None


def test_who_is_due_a_visit_follows_from_what_a_round_under_way_asks_for(world, supervisor):
    both = (world.first, world.second)
    assert due(supervisor, *both) == []
    stage = Stage.objects.get(round=world.round, position=1)
    needed = Requirement.objects.create(stage=stage, metric="visits.in_round", value=1)
    assert due(supervisor, *both) == ["First branch", "Second branch"]
    visit(world)
    assert due(supervisor, *both) == ["Second branch"]
    Requirement.objects.filter(pk=needed.pk).update(value=2)
    assert due(supervisor, *both) == ["First branch", "Second branch"]
    Requirement.objects.filter(pk=needed.pk).update(metric="visits.in_year", value=1)
    visited = timezone.localdate().year == world.round.year
    assert due(supervisor, *both) == (["Second branch"] if visited else ["First branch", "Second branch"])
    for facts in ({"severity": "off"}, {"severity": "remind", "dropped_in": 2}):
        Requirement.objects.filter(pk=needed.pk).update(metric="visits.in_round", value=2, severity="remind")
        assert due(supervisor, *both) == ["First branch", "Second branch"]
        Requirement.objects.filter(pk=needed.pk).update(**facts)
        assert due(supervisor, *both) == []
