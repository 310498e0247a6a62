"""The demo world is played through the actions and shows things half-way."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from appraisals.models import Material, Progress
from branches.models import Organisation, Relation, User
from meetings.models import Meeting
from reminders import todos
from tests.replay import replay
from world.demo import PALACE, build


@pytest.fixture
def demo(db):
    return replay("demo", lambda: build("a pass phrase of the demo", timezone.localdate()))


def test_it_shows_things_waiting_returned_and_done(demo):
    states = set(Meeting.objects.values_list("state", flat=True))
    assert states == {"planned", "announced", "draft", "submitted", "returned", "filed"}
    assert set(Material.objects.values_list("state", flat=True)) == {"draft", "submitted", "returned", "accepted"}


def test_somebody_who_can_sign_in_is_late(demo):
    today = timezone.localdate()
    late = Material.objects.owed_by(User.objects.get(username="secretary5")).filter(due_on__lt=today)
    assert {material.kind for material in late} == {"committee_member_analysis", "committee_analysis"}


def test_one_branch_works_on_paper_and_its_superior_has_entered_for_it(demo):
    (branch,) = Organisation.objects.filter(mode="paper")
    steps = Progress.objects.filter(organisation=branch, round__organisation=demo.places["committee"])
    first, second = steps.select_related("stage").order_by("stage__position")[:2]
    assert (first.state, first.is_marked, second.state) == ("passed", True, "working")
    waiting = {todo.code: number for todo, number in todos.waiting(User.objects.get(username="officer"))}
    assert waiting["stage_enter"] >= 1


def test_the_branch_of_the_worked_case_has_its_eight_members(demo):
    register = Relation.objects.filter(organisation=demo.places["palace"]).register(on=timezone.localdate())
    assert register.count() == len(PALACE) == 8


def test_every_account_signs_in(demo, client):
    for username in demo.users:
        assert User.objects.get(username=username).check_password("a pass phrase of the demo")


def test_it_refuses_a_database_with_somebody_elses_data(demo, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    before = Organisation.objects.count()
    with pytest.raises(CommandError):
        call_command("demo")
    assert Organisation.objects.count() == before


def test_it_refuses_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo")
