"""As test_faults.py: each check of talks finds the fault planted for it, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.talks import actions
from meetings.talks.parties import Party
from tests.verify.planting import found, plant


@pytest.fixture
def talk(world):
    pair = [Party(person.name, member_id=person.pk) for person in world.people[:2]]
    entry = actions.Entry(pair[:1], pair[1:], "committee")
    return actions.record_talks(world.first, timezone.localdate(), "", [entry], actor=world.secretary)[0]


@pytest.mark.parametrize("sql", [
    "UPDATE meetings_talk SET persons = 2 WHERE id = %s",
    "UPDATE meetings_talkparty SET leads = NOT leads WHERE position = 1 AND talk_id = %s",
    "DELETE FROM meetings_talkparty WHERE position = 2 AND talk_id = %s",
])  # fmt: skip
def test_fault_talks_persons_counted(talk, sql):
    plant(sql, talk.pk)
    assert found("talks.persons_counted") == {"talks.persons_counted": (f"meetings.talk:{talk.pk}",)}


def test_fault_talks_held(talk):
    day = timezone.localdate() + timedelta(1)
    plant("UPDATE meetings_talk SET held_on = %s WHERE id = %s", day, talk.pk)
    assert found("talks.held") == {"talks.held": (f"meetings.talk:{talk.pk}",)}
