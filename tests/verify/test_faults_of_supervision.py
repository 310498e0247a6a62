"""Each check of verify over visits is seen to find the fault it is for."""

from appraisals.models import Progress, Urging, Visit, VisitLine
from appraisals.supervision.urging.actions import Urged, urge
from tests.appraisals.supervision.rows import visit
from workflow import checking


def found(name):
    return next(checking.run([f"supervision.{name}"])).count


def test_nothing_is_found_where_all_is_sound(world):
    visit(world)
    names = ("dated", "of_branches", "replaced", "has_lines", "items")
    assert [found(name) for name in names] == [0] * len(names)


def test_fault_supervision_dated(world):
    made, draft = visit(world), visit(world, submit=False)
    Visit.objects.filter(pk=made.pk).update(submitted_on=None)
    Visit.objects.filter(pk=draft.pk).update(acknowledged_on=draft.visited_on)
    assert found("dated") == 2


def test_fault_supervision_of_branches(world):
    made, astray = visit(world), visit(world)
    Visit.objects.filter(pk=made.pk).update(organisation=world.county)
    Visit.objects.filter(pk=astray.pk).update(organisation=world.third)
    assert found("of_branches") == 2


def test_fault_supervision_replaced(world):
    Visit.objects.filter(pk=visit(world).pk).update(state="replaced")
    assert found("replaced") == 1


def test_fault_supervision_has_lines(world):
    VisitLine.objects.filter(visit=visit(world, submit=False)).delete()
    assert found("has_lines") == 1


def test_fault_supervision_items(world):
    VisitLine.objects.filter(visit=visit(world), code="talks").update(item=None)
    assert found("items") == 1


def test_fault_supervision_urged_there(world):
    progress = Progress.objects.get(organisation=world.first, stage__position=1)
    (row,) = urge([Urged(progress, world.people[0].pk)], "Please", actor=world.supervisor)
    assert found("urged_there") == 0
    Urging.objects.filter(pk=row.pk).update(organisation=world.second)
    assert found("urged_there") == 1
