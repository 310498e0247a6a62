"""As test_faults.py: each check of criticism finds the fault planted for it, and nothing else."""

import pytest

from branches.actions import rules
from meetings.criticism import actions
from meetings.models import Claim, CriticismCount, SpokenRemark
from tests.verify.planting import found, plant


@pytest.fixture
def kept(world):
    rules.override_rule(world.county, 2026, "F34-1", actor=world.officer, severity="remind", parameters={}, reason="So")
    for about in (world.people[4].pk, actions.COMMITTEE):
        actions.write(world.meeting, "criticism", about, "Words", actor=world.clerk)
    actions.write(world.meeting, "comment", world.people[1].pk, "Words", actor=world.clerk)
    actions.claim(world.meeting, "Words", actor=world.member)
    assert found() == {}
    return world


def test_fault_criticism_counted_of_list(kept):
    row = CriticismCount.objects.get(member=kept.people[4])
    SpokenRemark.objects.all().delete()
    plant("UPDATE meetings_criticismcount SET member_id = %s WHERE id = %s", kept.siblings[0].pk, row.pk)
    assert found() == {"criticism.counted_of_list": (f"meetings.criticismcount:{row.pk}",)}


def test_fault_criticism_claimed_by_list(kept):
    row = Claim.objects.get()
    plant("UPDATE meetings_claim SET member_id = %s WHERE id = %s", kept.siblings[0].pk, row.pk)
    assert found() == {"criticism.claimed_by_list": (f"meetings.claim:{row.pk}",)}


@pytest.mark.parametrize("about", ["member", "committee"])
def test_fault_criticism_written_are_counted(kept, about):
    row = SpokenRemark.objects.get(kind="criticism", member=kept.people[4] if about == "member" else None)
    plant("DELETE FROM meetings_criticismcount WHERE " + ("member_id IS NOT NULL" if about == "member" else "member_id IS NULL"))  # fmt: skip
    assert found() == {"criticism.written_are_counted": (f"meetings.spokenremark:{row.pk}",)}
