"""Each check of verify over problems is seen to find the fault it is for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from branches.actions.rules import override_rule
from rectification.gathered import actions as commons
from rectification.models import CommonProblem, Measure, Pledge, Problem, Publication, PublicationLine, Recheck
from rectification.problems.actions import giving
from tests.appraisals.votes.rows import laid_down as vote
from tests.rectification import board
from tests.rectification.promises import published
from tests.rectification.rows import asked, moved, of_member, problem
from workflow import checking
from workflow.models import History

NAMES = ("told", "of_branches", "four_clear", "dated", "verified", "followed", "marked")


def found(name):
    return next(checking.run([f"rectification.{name}"])).count


@pytest.fixture
def closed(world):
    """One closed by the superior, looked at again, and come back."""
    row = moved(asked(world, problem(world)), "close", actor=world.officer, note="Seen")
    giving.recheck(row, actor=world.officer, holds=False, words="Back", checked_on=timezone.localdate())
    return row


def put(row, **facts):
    Problem.objects.filter(pk=row.pk).update(**facts)


def test_nothing_is_found_where_all_is_sound(world, closed):
    moved(asked(world, of_member(world, world.people[4])), "close", actor=world.secretary)
    moved(problem(world, at_once=True, responsible=world.people[1]), "close_at_once", actor=world.secretary)
    moved(asked(world, problem(world)), "close_by_assembly", actor=world.secretary)
    moved(asked(world, problem(world)), "hold", actor=world.officer)
    moved(problem(world, measures=(), goal=""), "void", actor=world.secretary)
    assert [found(name) for name in NAMES] == [0] * len(NAMES)


def test_fault_rectification_told(world, closed):
    Problem.objects.bulk_create([Problem(organisation=world.first, year=2026, whose="branch", text="Untold")])
    assert found("told") == 1 and History.objects.exists()


def test_fault_rectification_of_branches(world, closed):
    put(closed, organisation=world.county)
    assert found("of_branches") == 1


@pytest.mark.parametrize("left_out", ["goal", "responsible", "due_on", "measures"])
def test_fault_rectification_four_clear(world, left_out):
    row = moved(problem(world), "claim", actor=world.secretary)
    problem(world, measures=())
    if left_out == "measures":
        Measure.objects.filter(problem=row).delete()
    else:
        put(row, **{left_out: "" if left_out == "goal" else None})
    assert found("four_clear") == 1
    put(row, state="returned")
    assert found("four_clear") == 1
    override_rule(world.county, row.year, "R15", actor=world.officer, severity="warn", parameters={}, reason="Local")
    assert found("four_clear") == 0


def test_fault_rectification_dated(world, closed):
    requested, standing = asked(world, problem(world)), moved(asked(world, problem(world)), "hold", actor=world.officer)
    put(requested, requested_on=None)
    put(standing, requested_on=None)
    put(closed, found_on=timezone.localdate() + timedelta(1))
    assert found("dated") == 3


def test_fault_rectification_verified(world, closed):
    told = {"closed_on": timezone.localdate(), "state": "closed", "evidence": "Evidence"}
    put(problem(world, whose="committee"), verified_as="assembly", **told)
    put(problem(world), verified_as="committee", **told)
    put(problem(world), verified_as="checker", **told)
    put(of_member(world, world.people[4]), verified_as="committee", verifier=world.member, **told)
    put(problem(world), verified_as="superior", verifier=world.member, **told)
    assert found("verified") == 5


def test_fault_rectification_followed(world, closed):
    again = Recheck.objects.get().follow_up
    put(again, organisation=world.second)
    assert found("followed") == 1
    put(again, organisation=world.first, follows=None)
    assert found("followed") == 1


def test_fault_rectification_marked(world, closed):
    put(closed, late_marked=True)
    assert found("marked") == 1


@pytest.fixture
def common(world):
    """One that gathers a problem of the first branch."""
    made = commons.save(CommonProblem(organisation=world.county), actor=world.officer, text="Common", asks="")
    commons.gather(made, [problem(world)], actor=world.officer)
    assert found("gathered") == found("common_above") == 0
    return made


def test_fault_rectification_gathered(world, common):
    put(common_of(common), organisation=world.third)
    assert found("gathered") == 1
    put(common_of(common), organisation=world.first)
    CommonProblem.objects.update(state="void")
    assert found("gathered") == 1


def test_fault_rectification_common_above(world, common):
    CommonProblem.objects.update(organisation=world.first)
    assert found("common_above") == 1


def common_of(common):
    return Problem.objects.get(common=common)


def test_fault_rectification_pledges_told(world):
    row = published(world)
    assert found("pledges_told") == 0
    row.pk, row.client_key = None, uuid4()
    Pledge.objects.bulk_create([row])
    assert found("pledges_told") == 1


def test_fault_rectification_pledges_dated(world):
    undated, unsaid, early, astray = (published(world) for _ in range(4))
    assert found("pledges_dated") == 0
    Pledge.objects.filter(pk=undated.pk).update(published_on=None)
    Pledge.objects.filter(pk=unsaid.pk).update(state="kept", rated_on=timezone.localdate())
    Pledge.objects.filter(pk=early.pk).update(rated_on=timezone.localdate())
    Pledge.objects.filter(pk=astray.pk).update(organisation=world.county)
    assert found("pledges_dated") == 4


def test_fault_rectification_pledges_rated(world):
    row, held = published(world), vote(world)
    Pledge.objects.filter(pk=row.pk).update(vote=held)
    assert found("pledges_rated") == 0
    type(held).objects.filter(pk=held.pk).update(organisation=world.second)
    assert found("pledges_rated") == 1


@pytest.fixture
def public(world):
    """One on the board."""
    board.on(world)
    row = board.public(world)
    assert [found(f"publications_{name}") for name in ("told", "passed", "of_all")] == [0, 0, 0]
    return row


def test_fault_rectification_publications_told(world, public):
    public.pk, public.client_key, public.token = None, uuid4(), "another"
    Publication.objects.bulk_create([public])
    assert found("publications_told") == 1


@pytest.mark.parametrize("fault", [
    {"proposed_by": None}, {"reviewed_words": ""}, {"approved_on": None}, {"published_on": None}, {"lines": None},
    {"state": "reviewed", "reviewed_on": None}, {"state": "proposed", "proposed_on": None}, {"organisation": "county"},
])  # fmt: skip
def test_fault_rectification_publications_passed(world, public, fault):
    if "lines" in fault:
        PublicationLine.objects.all().delete()
    else:
        told = {"organisation": world.county} if "organisation" in fault else fault
        Publication.objects.filter(pk=public.pk).update(**told)
    assert found("publications_passed") == 1


def test_fault_rectification_publications_of_all(world, public):
    Problem.objects.update(whose="member", member=world.people[4], responsible=world.people[4])
    assert found("publications_of_all") == 1
