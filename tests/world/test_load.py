"""The big world: its shape, what it refuses, and that every table of ours is in it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from branches.models import Grant, Member, Organisation, Relation, User
from branches.models.organisations import Kind
from meetings.models import Attendance, Meeting
from workflow import streams
from workflow.models import History
from workflow.tables import own_models
from world.load import plan as plans
from world.load import run  # noqa: F401  registers the loaders
from world.load.plan import Plan
from world.load.registry import EXEMPT, FILLED, Load

DAY = date(2026, 3, 2)


@pytest.fixture
def loaded(db):
    load = Load(Plan(40, 400, today=DAY))
    run.fill(load)
    return load


def test_every_table_of_ours_is_loaded_or_says_why_not():
    labels = {model._meta.label for model in own_models()}
    assert labels == set(FILLED) | set(EXEMPT)
    assert not set(FILLED) & set(EXEMPT)


def test_no_loaded_table_is_empty(db):
    load = Load(Plan(600, 6000, today=DAY))  # the smallest world with every rare thing in it
    run.fill(load)
    assert {label for label in FILLED if not load.counts.get(label)} == set()
    for model in own_models():
        assert model._base_manager.count() == load.counts.get(model._meta.label, 0), model


def test_it_has_as_many_of_each_as_it_was_asked_for(loaded):
    branches = Organisation.objects.filter(kind=Kind.BRANCH)
    assert branches.count() == 40
    assert Member.objects.count() == Relation.objects.register(on=DAY).count() == 400
    assert set(branches.values_list("depth", flat=True)) == {5}


def test_it_has_as_many_meetings_as_it_was_asked_for(db):
    plan = Plan(7, 40, today=DAY, meetings=100)
    run.fill(Load(plan))
    records = Meeting.objects.records()
    assert sorted(records.values_list("pk", flat=True)) == list(range(1, 101))
    of_branches = [records.filter(organisation=branch.key).count() for branch in plan.branches]
    assert sorted(of_branches) == [14] * 5 + [15] * 2
    oldest = records.earliest("started_at").held_on
    assert records.latest("started_at").held_on < DAY and DAY.year - oldest.year < 5


def test_the_tree_is_one_that_treebeard_accepts(loaded):
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    assert Organisation.objects.filter(depth=1).count() == 1


def test_the_next_row_gets_a_key_of_its_own(loaded):
    last = Organisation.objects.order_by("pk").last()
    root = Organisation.objects.get(depth=1)
    new = Organisation(name="New", kind="committee", since=DAY)
    Organisation.objects.add_child(root, instance=new)
    assert new.pk > last.pk


def test_a_branch_has_the_attendance_of_its_register(loaded):
    meeting = Meeting.objects.filter(form="general_meeting", state="filed").first()
    register = Relation.objects.filter(organisation=meeting.organisation).register(on=meeting.held_on)
    assert set(Attendance.objects.filter(meeting=meeting).values_list("member", flat=True)) == {
        row.member_id for row in register
    }


def test_the_same_numbers_make_the_same_world():
    def shape(seed):
        return [(b.size, b.path) for b in Plan(50, 700, today=DAY, seed=seed).branches]

    assert shape(1) == shape(1) != shape(2)


@pytest.mark.parametrize(("branches", "members"), [(0, 10), (10, 29)])
def test_too_few_members_are_refused(branches, members):
    with pytest.raises(ValueError):
        Plan(branches, members, today=DAY)


def test_every_branch_has_at_least_three_members_and_the_sum_is_exact():
    plan = Plan(1234, 9999, today=DAY)
    assert sum(branch.size for branch in plan.branches) == 9999
    assert min(branch.size for branch in plan.branches) >= plans.SMALLEST


def test_its_people_sign_in_and_read_their_pages(db, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "a pass phrase of the load")
    call_command("load_world", branches=40, members=400, stdout=StringIO())
    for login in ("officer", "secretary", "member"):
        client = Client()
        assert client.login(username=login, password="a pass phrase of the load")
        for page in ("/meetings/", "/members/", "/organisations/", "/materials/", "/"):
            assert client.get(page).status_code == 200, (login, page)
    assert not Grant.objects.filter(user__admin_role__gt="").exists()
    assert User.objects.exclude(admin_role="").count() == 3


def test_it_refuses_a_database_with_rows(cast):
    with pytest.raises(CommandError, match="branches.User"):
        call_command("load_world", branches=1, members=3)


def test_it_refuses_production_without_the_word(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="--into-production"):
        call_command("load_world", branches=1, members=3)
    call_command("load_world", branches=1, members=3, into_production=True, stdout=StringIO())
    assert Organisation.objects.filter(kind=Kind.BRANCH).count() == 1


def test_a_loader_that_fails_leaves_nothing(db, monkeypatch):
    def broken(load):
        raise RuntimeError

    monkeypatch.setattr("world.load.run.LOADERS", [*run.LOADERS, broken])
    with pytest.raises(RuntimeError):
        run.fill(Load(Plan(3, 9, today=DAY)))
    assert not any(model._base_manager.exists() for model in own_models())


def test_text_with_every_awkward_character_arrives(db):
    words = "tab\tline\nback\\slash \\N \r end"
    streams.write(connection, History, ("id", "move", "note"), [(1, "x", words), (2, "y", "")])
    assert list(History.objects.order_by("pk").values_list("note", flat=True)) == [words, ""]
