"""As test_faults.py: each check of materials' reasons, comments, entries and rules finds the fault planted for it."""

import pytest

from appraisals.materials import actions
from appraisals.materials.asking import actions as asking
from appraisals.materials.entering import actions as entering
from appraisals.materials.kinds import SHIPPED
from appraisals.materials.reviewing import actions as reviewing
from appraisals.models import Material
from tests.verify.planting import found, plant


@pytest.mark.parametrize("version", [0, 2])
def test_fault_appraisals_returned_for_reasons(world, version):
    actions.move_material(world.material, "send_back", actor=world.secretary, reasons=["form"])
    (reason,) = world.material.return_reasons.all()
    assert found("appraisals.returned_for_reasons") == {}
    plant("UPDATE appraisals_returnreason SET version = %s WHERE id = %s", version, reason.pk)
    assert found("appraisals.returned_for_reasons") == {
        "appraisals.returned_for_reasons": (f"appraisals.returnreason:{reason.pk}",)
    }


@pytest.mark.parametrize("version", [0, 2])
def test_fault_appraisals_comment_on_version(world, version):
    place = {"title": "Belief", "quote": "WRITTEN-WORDS", "start": 0}
    comment = reviewing.comment(world.material, "x", actor=world.secretary, **place)
    assert found("appraisals.comment_on_version") == {}
    plant("UPDATE appraisals_comment SET version = %s WHERE id = %s", version, comment.pk)
    assert found("appraisals.comment_on_version") == {
        "appraisals.comment_on_version": (f"appraisals.comment:{comment.pk}",)
    }


def test_fault_appraisals_entered_by_another(world):
    rows = Material.objects.select_related("organisation", "round", "author")
    owed = rows.get(round=world.round, author=world.people[3])
    version = entering.enter(owed, [["Belief", "x"]], actor=world.clerk, source="paper")
    assert found("appraisals.entered_by_another") == {}
    plant("UPDATE appraisals_version SET entered_by_id = %s WHERE id = %s", world.group_leader.pk, version.pk)
    assert found("appraisals.entered_by_another") == {
        "appraisals.entered_by_another": (f"appraisals.version:{version.pk}",)
    }


@pytest.mark.parametrize("owed", ['{"member": "secretary_report"}', '{"nobody": "self_analysis"}'])
def test_fault_appraisals_kinds_asked(world, owed):
    rules = asking.set_rules(world.planned, actor=world.officer, owed=SHIPPED)
    assert found("appraisals.kinds_asked") == {}
    plant("UPDATE appraisals_materialrules SET owed = %s WHERE round_id = %s", owed, rules.pk)
    assert found("appraisals.kinds_asked") == {"appraisals.kinds_asked": (f"appraisals.materialrules:{rules.pk}",)}
