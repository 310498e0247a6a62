"""As test_faults.py: each check of figures finds the fault planted for it, and nothing else."""

from figures import actions
from figures.models import Summary, TypedTotal
from figures.registry import Period
from tests.verify.planting import found, plant


def summary(world, branch):
    return Summary.objects.get(organisation=branch, round_key=world.round.pk)


def typed(world):
    told = actions.Told(7, as_of=world.round.roster_on)
    period = Period(round_key=world.round.pk)
    return actions.type_total(world.first, "materials.accepted", period, told, actor=world.officer)


def test_fault_figures_counted(world):
    row = summary(world, world.first)
    plant("UPDATE figures_summary SET n20 = n20 + 1 WHERE id = %s", row.pk)
    assert found("figures.counted") == {"figures.counted": (f"figures.summary:{row.pk} materials.owed",)}


def test_fault_figures_summarised(world):
    plant("DELETE FROM figures_summary WHERE id = %s", summary(world, world.second).pk)
    (keys,) = found("figures.summarised").values()
    where = f"branches.organisation:{world.second.pk} {world.round.pk}"
    codes = ("materials.owed", "materials.versions", "roster.due", "roster.formal", "progress.branches")
    assert set(keys) == {f"{code} {where}" for code in codes}


def test_fault_figures_known(world):
    total = typed(world)
    plant("UPDATE figures_typedtotal SET metric = 'unheard.of' WHERE id = %s", total.pk)
    assert found("figures.known") == {"figures.known": (f"figures.typedtotal:{total.pk}",)}


def test_fault_figures_of_branch(world):
    total = typed(world)
    plant("UPDATE figures_typedtotal SET organisation_id = %s WHERE id = %s", world.second.pk, total.pk)
    assert found("figures.of_branch") == {"figures.of_branch": (f"figures.typedtotal:{total.pk}",)}
    assert TypedTotal.objects.get(pk=total.pk).summary.organisation_id == world.first.pk
