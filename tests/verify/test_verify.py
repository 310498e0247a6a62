"""`manage.py verify` finds nothing in a world played through the actions, and says clearly what it finds elsewhere."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from branches.models import Organisation
from reminders.actions import notices as reminders
from tests.access.stage import Stage
from tests.verify.planting import found, plant
from workflow import checking
from world.demo import build
from world.load.plan import Plan
from world.load.registry import Load
from world.load.run import fill


# --- worlds in which everything holds -----------------------------------------------------------------------------
def test_nothing_is_wrong_with_the_world_of_the_tests(world):
    assert found() == {}


def test_nothing_is_wrong_after_everything_that_the_access_table_does(db):
    Stage()
    assert found() == {}


def test_nothing_is_wrong_with_the_demo_world(db):
    build("a pass phrase of the demo", timezone.localdate())
    reminders.scan(timezone.localdate())
    assert found() == {}


def test_nothing_is_wrong_with_a_big_world(db):
    fill(Load(Plan(200, 2400, today=timezone.localdate())))
    assert found() == {}


# --- the command ----------------------------------------------------------------------------------------------------
def test_the_command_says_that_everything_holds(world):
    out = StringIO()
    call_command("verify", stdout=out)
    assert "一切正常" in out.getvalue() and "!!" not in out.getvalue()


def test_the_command_names_the_rows_and_ends_with_1(world):
    plant("UPDATE branches_organisation SET numchild = 9 WHERE id = %s", world.first.pk)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", stdout=out)
    assert ended.value.code == 1
    assert f"branches.organisation:{world.first.pk}" in out.getvalue()


def test_the_command_makes_only_the_checks_it_is_given(world):
    plant("UPDATE branches_organisation SET numchild = 9 WHERE id = %s", world.first.pk)
    call_command("verify", "workflow.state_told", stdout=StringIO())
    with pytest.raises(CommandError, match="branches.tree_depth"):
        call_command("verify", "tree_depth")


def test_more_faults_than_are_named_are_counted(world):
    plant("UPDATE branches_organisation SET depth = 7")
    finding = next(checking.run(["branches.tree_depth"]))
    assert finding.count == Organisation.objects.count()
    assert len(finding.keys) == min(finding.count, checking.SHOWN)
